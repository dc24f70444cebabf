from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Everybody who accompanies or is accompanied today, and whoever was asked besides; one
# row per person, also where a merge of contacts left two answers: a yes counts first.
PEOPLE = """
WITH current AS (
    SELECT DISTINCT ON (company_id) company_id, id AS charter_id
      FROM hub_charter
     WHERE active AND published_on IS NOT NULL
  ORDER BY company_id, version DESC
), parts AS (
    SELECT company_id, partner_id, kind
      FROM hub_role
     WHERE kind IN ('volunteer', 'employee', 'holder')
       AND date_start <= %(today)s
       AND (date_end IS NULL OR date_end >= %(today)s)
     UNION ALL
    SELECT lead.company_id, holder.partner_id, 'holder'
      FROM hub_project_holder holder
      JOIN crm_lead lead ON lead.id = holder.lead_id AND lead.active
      JOIN crm_stage stage ON stage.id = lead.stage_id AND stage.hub_phase != 'closed'
), concerned AS (
    SELECT company_id, partner_id,
           bool_or(kind = 'volunteer') AS is_volunteer,
           bool_or(kind = 'employee') AS is_employee,
           bool_or(kind = 'holder') AS is_holder
      FROM parts
  GROUP BY company_id, partner_id
), answers AS (
    SELECT DISTINCT ON (signature.company_id, signature.partner_id)
           signature.company_id, signature.partner_id, signature.id AS signature_id,
           signature.answer, signature.asked_on, signature.to_call
      FROM hub_charter_signature signature
      JOIN current ON current.charter_id = signature.charter_id
  ORDER BY signature.company_id, signature.partner_id,
           CASE signature.answer WHEN 'yes' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,
           signature.asked_on, signature.id
)
SELECT current.company_id::bigint * 10000000 + partner_id AS id,
       current.company_id, partner_id,
       current.charter_id, signature_id,
       COALESCE(is_volunteer, FALSE) AS is_volunteer,
       COALESCE(is_employee, FALSE) AS is_employee,
       COALESCE(is_holder, FALSE) AS is_holder,
       answer = 'waiting' AND COALESCE(to_call, FALSE) AS to_call,
       CASE WHEN answer = 'yes' THEN 'signed'
            WHEN answer = 'no' THEN 'refused'
            WHEN asked_on IS NOT NULL THEN 'waiting'
            ELSE 'not_asked' END AS state,
       CASE WHEN answer = 'yes' THEN 3
            WHEN answer = 'no' THEN 2
            WHEN asked_on IS NOT NULL THEN 0
            ELSE 1 END AS rank
  FROM concerned
  FULL JOIN answers USING (company_id, partner_id)
  JOIN current USING (company_id)
  JOIN res_partner person ON person.id = partner_id AND person.active"""
DEPENDS = {
    "hub.charter": ["company_id", "active", "published_on", "version"],
    "hub.role": ["company_id", "partner_id", "kind", "date_start", "date_end"],
    "hub.project.holder": ["lead_id", "partner_id"],
    "crm.lead": ["company_id", "active", "stage_id"],
    "crm.stage": ["hub_phase"],
    "hub.charter.signature": [
        "company_id",
        "partner_id",
        "charter_id",
        "answer",
        "asked_on",
        "to_call",
    ],
    "res.partner": ["active"],
}


class HubCharterPerson(models.Model):
    """Who has signed the charter of today, who has not, who refused: whom to call."""

    _name = "hub.charter.person"
    _description = "Person and the charter"
    _auto = False
    _check_company_auto = True
    _order = "to_call desc, rank, partner_id, id"
    _rec_name = "partner_id"
    _depends = DEPENDS

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    charter_id = fields.Many2one("hub.charter", readonly=True)
    signature_id = fields.Many2one("hub.charter.signature", readonly=True)
    is_volunteer = fields.Boolean(string="Volunteer", readonly=True)
    is_employee = fields.Boolean(string="Employee", readonly=True)
    is_holder = fields.Boolean(string="Project holder", readonly=True)
    state = fields.Selection(
        [
            ("not_asked", "Not asked yet"),
            ("waiting", "Asked, no answer"),
            ("signed", "Signed"),
            ("refused", "Refused"),
        ],
        readonly=True,
    )
    rank = fields.Integer(string="Order", readonly=True, aggregator=None)
    to_call = fields.Boolean(string="To be called", readonly=True)
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    asked_on = fields.Date(related="signature_id.asked_on")
    reminders = fields.Integer(related="signature_id.reminders", aggregator=None)
    answered_on = fields.Datetime(related="signature_id.answered_on")
    answer_channel = fields.Selection(related="signature_id.answer_channel")
    answer_reason = fields.Text(related="signature_id.answer_reason")
    sign_url = fields.Char(
        related="signature_id.sign_url",
        groups="solidarity_hub.group_hub_coordinator",
    )

    @property
    def _table_query(self):
        return SQL(PEOPLE, today=fields.Date.context_today(self))

    @api.depends("partner_id")
    def _compute_display_name(self):
        for person in self:
            person.display_name = person.partner_id.display_name

    def action_ask(self):
        """Ask those of these people who have not been asked, or refused."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_charter_ask_wizard"
        )
        action["context"] = {"default_partner_ids": self.partner_id.ids}
        return action

    def action_remind(self):
        """Remind now those of these people who have not answered."""
        return self.signature_id.action_remind()

    def action_paper(self):
        """The signed papers of these people are there."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_charter_paper_wizard"
        )
        action["context"] = {"default_partner_ids": self.partner_id.ids}
        return action

    def action_open(self):
        """What was answered, once it is; else the screen to answer."""
        self.ensure_one()
        if self.state != "signed":
            return self.action_answer()
        return self.signature_id._get_records_action()

    def action_answer(self):
        """Note what this person answered, or let him or her sign here."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_charter_answer_wizard"
        )
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_charter_id": self.charter_id.id,
        }
        return action

    def action_print(self):
        """The charter with each name on it, to be signed or as it was signed."""
        signatures = self.signature_id
        if not signatures:
            raise UserError(
                self.env._(
                    "Nobody of these people has been asked yet: ask them first, or"
                    " print the charter itself, without a name."
                )
            )
        report = self.env.ref("solidarity_hub.report_charter_of_person")
        return report.report_action(signatures)
