from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..project.crm_lead_path import ACCOMPANIED

# How a line leads to its project, where it is not by “lead_id”.
PATHS = {
    "hub.evaluation": "pact_id.lead_ids",
    "hub.evaluation.line": "evaluation_id.pact_id.lead_ids",
}
# What is written by hand about a project, on its lines.
LINES = {
    "hub.evaluation": ("words", "place"),
    "hub.evaluation.line": ("comment",),
    "hub.follow.up": ("words",),
    "hub.interview": ("place", "guests"),
    "hub.opinion": ("comment",),
    "hub.outcome": ("reason",),
    "hub.path.step": ("note",),
    "hub.project.action": ("name", "note"),
    "hub.project.criterion": ("comment",),
    "hub.project.holder": ("part",),
}
DETAILS = (
    "description",
    "hub_summary",
    "contact_name",
    "partner_name",
    "email_from",
    "email_normalized",
    "email_cc",
    "phone",
    "phone_sanitized",
    "function",
    "website",
    "street",
    "street2",
    "zip",
    "city",
    "referred",
    "lead_properties",
)


class CrmLead(models.Model):
    """A project whose people are forgotten keeps its path, its figures, no story."""

    _inherit = "crm.lead"

    @api.model
    def _hub_keeps_named(self, partners):
        running = self.env["hub.project.holder"].search(
            Domain("partner_id", "in", partners.ids)
            & Domain("lead_id.active", "=", True)
            & Domain("lead_id.stage_id.hub_phase", "in", ACCOMPANIED)
        )
        for holder in running:
            yield (
                holder.partner_id.id,
                holder.company_id.id,
                self.env._(
                    "Carries “%(project)s”, which is accompanied.",
                    project=holder.lead_id.name,
                ),
            )
        sales = self._read_group(
            Domain("partner_id", "in", partners.ids)
            & Domain("is_hub_project", "=", False)
            & Domain("active", "=", True),
            ["partner_id"],
        )
        for (partner,) in sales:
            yield partner.id, False, self.env._("Is followed by sales too.")

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT holder.partner_id, lead.company_id,
       GREATEST(lead.hub_reception_date, lead.hub_accompaniment_start,
                lead.hub_accompaniment_end,
                (SELECT max(outcome.date) FROM hub_outcome outcome
                  WHERE outcome.lead_id = lead.id AND outcome.kind != 'lost_contact'))
  FROM hub_project_holder holder
  JOIN crm_lead lead ON lead.id = holder.lead_id"""
        )

    @api.model
    def _hub_forget(self, partner):
        projects = self.search(
            Domain("is_hub_project", "=", True)
            & (
                Domain("hub_holder_ids.partner_id", "=", partner.id)
                | Domain("partner_id", "=", partner.id)
                | Domain("hub_prescriber_id", "=", partner.id)
                | Domain("hub_pairing_ids.volunteer_id", "=", partner.id)
            )
        )
        own = projects.filtered(lambda project: project._hub_is_only_of(partner))
        (projects - own)._hub_leave_contact(partner)
        own._hub_forget_story()
        self._hub_scrub_story(partner, projects - own)

    def _hub_is_only_of(self, partner):
        """Whether nobody else with a name carries it."""
        people = self.hub_holder_ids.partner_id
        others = (people - partner).filtered(lambda p: not p.hub_anonymous_on)
        return partner in people and not others

    def _hub_leave_contact(self, partner):
        """Somebody else whom the hub knows by name becomes the contact."""
        for project in self.filtered(lambda project: project.partner_id == partner):
            others = project.hub_holder_ids.filtered(
                lambda line: (
                    line.partner_id != partner and not line.partner_id.hub_anonymous_on
                )
            )
            if others:
                project._hub_settle_contact(others[:1])

    def _hub_forget_story(self):
        forgetting = self.env["hub.forgetting"]
        forgetting._blank(self, *DETAILS)
        for project in self:
            name = project.env._("Project no. %(number)s", number=project.id)
            self.env.cr.execute(
                SQL("UPDATE crm_lead SET name = %s WHERE id = %s", name, project.id)
            )
        self.invalidate_recordset(["name"])
        for model, names in LINES.items():
            lines = self._hub_open_lines(model)
            forgetting._blank(lines, *names)
            forgetting._forget_thread(lines)
        notes = self.env["hub.interview.note"].search([("lead_id", "in", self.ids)])
        notes._hub_forget_notes()
        forgetting._forget_thread(self)

    def _hub_scrub_story(self, partner, projects):
        """Others go on with the project: the name alone goes."""
        forgetting = self.env["hub.forgetting"]
        forgetting._scrub(partner, projects, "name", "description", "hub_summary")
        for model in LINES:
            forgetting._scrub(partner, projects._hub_open_lines(model), *LINES[model])
        messages = self.env["mail.message"].sudo()
        forgetting._scrub(
            partner,
            messages.search(
                [("model", "=", "crm.lead"), ("res_id", "in", projects.ids)]
            ),
            "body",
            "subject",
        )

    def _hub_open_lines(self, model):
        """Lines of these projects in a model, without what was signed."""
        records = self.env[model].sudo().with_context(active_test=False)
        domain = Domain(PATHS.get(model, "lead_id"), "in", self.ids)
        for frozen in ("frozen_on", "evaluation_id.frozen_on"):
            if frozen.split(".")[0] in records._fields:
                domain &= Domain(frozen, "=", False)
        return records.search(domain)

    @api.model
    def _hub_held(self, partner):
        return Domain("is_hub_project", "=", True) & Domain(
            "hub_holder_ids.partner_id", "=", partner.id
        )
