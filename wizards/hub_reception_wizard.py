import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import email_normalize, plaintext2html, remove_accents


class HubReceptionWizard(models.TransientModel):
    """Receive a person in half a minute: who, why, sent by whom, what next."""

    _name = "hub.reception.wizard"
    _description = "Receive a person"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    is_anonymous = fields.Boolean(
        string="Wishes to stay anonymous",
        help="The reception counts; no contact is created.",
    )
    name = fields.Char()
    phone = fields.Char()
    email = fields.Char()
    candidate_ids = fields.Many2many(
        "res.partner", string="Known people", compute="_compute_candidate_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Already known",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
        help="A contact with the same telephone, e-mail or name. Empty this field to"
        " create another contact.",
    )
    open_lead_id = fields.Many2one(
        "crm.lead", string="Project under way", compute="_compute_open_lead_id"
    )
    prescriber_id = fields.Many2one("res.partner", string="Sent by")
    date = fields.Date(
        string="Received on", required=True, default=fields.Date.context_today
    )
    request = fields.Text()
    title = fields.Char(string="Project", help="A few words; may come later.")
    place = fields.Char(
        default=lambda self: self._default_place(),
        help="Existing place where the person was met: town hall, neighbourhood house,"
        " workshop...",
    )
    public = fields.Selection(
        lambda self: (
            self.env["crm.lead"]._fields["hub_public"]._description_selection(self.env)
        )
    )
    territory_id = fields.Many2one("hub.territory")
    next_step = fields.Char(string="What next")
    next_date = fields.Date(string="By")
    user_id = fields.Many2one(
        "res.users",
        string="Adviser in charge",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )

    @api.model
    def _default_place(self):
        """The place of the last reception: a day of receptions has one place."""
        last = self.env["crm.lead"].search(
            [
                ("is_hub_project", "=", True),
                ("create_uid", "=", self.env.uid),
                ("hub_reception_date", "=", fields.Date.context_today(self)),
            ],
            order="id desc",
            limit=1,
        )
        return last.hub_place

    @api.depends("name", "phone", "email")
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.candidate_ids = wizard._find_people(wizard._same_person_domains())

    @api.depends("name", "phone", "email")
    def _compute_partner_id(self):
        """A telephone or an e-mail names one person; a name alone only proposes,
        and a family that shares a telephone is not one person."""
        for wizard in self:
            sure = wizard._find_people(wizard._same_person_domains(sure=True))
            sure = sure.filtered(wizard._may_be)
            wizard.partner_id = sure if len(sure) == 1 else False

    @api.depends("partner_id")
    def _compute_open_lead_id(self):
        projects = self.env["crm.lead"]
        for wizard in self:
            wizard.open_lead_id = (
                projects.search(
                    [
                        ("is_hub_project", "=", True),
                        ("hub_holder_ids.partner_id", "=", wizard.partner_id.id),
                        ("stage_id.hub_phase", "!=", "closed"),
                    ],
                    limit=1,
                )
                if wizard.partner_id
                else projects
            )

    def _find_people(self, domains):
        if not domains:
            return self.env["res.partner"]
        return self.env["res.partner"].search(Domain.OR(domains), limit=8)

    def _may_be(self, partner):
        """Whether the name as typed leaves room for this contact."""

        def words(name):
            return set(re.findall(r"\w+", remove_accents(name or "").lower()))

        typed = words(self.name)
        return not typed or bool(typed & words(partner.name))

    def _same_person_domains(self, sure=False):
        self.ensure_one()
        domains = []
        if phone := (self.phone or "").strip():
            sanitized = self.env["res.partner"]._phone_format(
                number=phone, country=self.company_id.country_id, force_format="E164"
            )
            domains.append(Domain("phone", "=", phone))
            # Written with other spaces, where Odoo knows no country or no such number.
            digits = re.sub(r"\D", "", phone)
            if len(digits) >= 8:
                domains.append(Domain("phone", "=like", "%".join(digits)))
            if sanitized:
                domains.append(Domain("phone_sanitized", "=", sanitized))
        if email := email_normalize(self.email or ""):
            domains.append(Domain("email_normalized", "=", email))
        if not sure and (name := (self.name or "").strip()):
            domains.append(Domain("name", "=ilike", name))
        return domains

    # ------------------------------------------------------------
    # Receiving
    # ------------------------------------------------------------

    def action_receive(self):
        """Create the project and open it."""
        project = self._receive()
        return project.get_formview_action()

    def action_receive_next(self):
        """Create the project and receive the next person."""
        self._receive()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_reception_wizard_action"
        )

    def action_open_lead(self):
        """The person comes back for a project that is under way: open it."""
        return self.open_lead_id.get_formview_action()

    def _receive(self):
        self.ensure_one()
        if not self.is_anonymous and not self.partner_id and not self.name:
            raise UserError(
                self.env._(
                    "Who is it? Write a name, or tick “Wishes to stay anonymous”: the"
                    " reception counts either way."
                )
            )
        partner = self._settle_contact()
        return self.env["crm.lead"].create(self._prepare_project_vals(partner))

    def _settle_contact(self):
        """The contact of the person received: known, completed or created."""
        Partner = self.env["res.partner"]
        if self.is_anonymous:
            return Partner
        values = {
            "phone": self.phone,
            "email": self.email,
            "hub_territory_id": self.territory_id.id,
        }
        if not self.partner_id:
            return Partner.create({"name": self.name, **values})
        missing = {
            name: value
            for name, value in values.items()
            if value and not self.partner_id[name]
        }
        self.partner_id.write(missing)
        return self.partner_id

    def _prepare_project_vals(self, partner):
        return {
            "is_hub_project": True,
            "company_id": self.company_id.id,
            "name": self._project_title(partner),
            "partner_id": partner.id,
            "description": plaintext2html(self.request) if self.request else False,
            "hub_reception_date": self.date,
            "hub_prescriber_id": self.prescriber_id.id,
            "hub_place": self.place,
            "hub_public": self.public,
            "hub_territory_id": self.territory_id.id or partner.hub_territory_id.id,
            "user_id": self.user_id.id,
            "hub_action_ids": [Command.create(vals) for vals in self._next_steps()],
        }

    def _next_steps(self):
        if not self.next_step:
            return []
        return [
            {
                "name": self.next_step,
                "date_due": self.next_date,
                "partner_id": self.user_id.partner_id.id,
            }
        ]

    def _project_title(self, partner):
        if self.title:
            return self.title
        if partner:
            return self.env._("Project of %(person)s", person=partner.name)
        return self.env._(
            "Anonymous reception of %(date)s", date=fields.Date.to_string(self.date)
        )
