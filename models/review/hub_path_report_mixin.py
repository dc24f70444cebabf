from collections.abc import Set

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..people.hub_role import INSTITUTION_KINDS
from .crm_lead import LEGAL_FORMS
from .figures_read import all_years, read_paths
from .figures_rows import PARTS, STANDING

RESULTS = [
    ("activity_created", "Activity created"),
    ("job", "Job"),
    ("training", "Training"),
    ("several", "Several of these"),
    ("continuing", "Still under way"),
    ("reorientation", "Reorientation"),
    ("stopped", "Project given up"),
    ("lost_contact", "Contact lost"),
    ("refused", "Not admitted"),
    ("other", "Other outcome"),
    ("unknown", "No outcome known"),
]
MANNERS = [
    ("individual", "Individual only"),
    ("collective", "Collective only"),
    ("both", "Individual and collective"),
]
REFERRALS = [
    *INSTITUTION_KINDS,
    ("organisation", "Other organisation"),
    ("person", "A person (word of mouth)"),
]


def selection_of(model, name):
    """The choices of another field, in the language of the reader."""
    return lambda self: self.env[model]._fields[name]._description_selection(self.env)


class HubPathReportMixin(models.AbstractModel):
    """What the reports on projects and on people share: one row a subject and year.

    Measures are 0 or 1, so that sums of a pivot are the figures of the year.
    """

    _name = "hub.path.report.mixin"
    _description = "Paths by year"

    company_id = fields.Many2one("res.company", string="Hub", readonly=True)
    year = fields.Char(readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Project", readonly=True)
    user_id = fields.Many2one("res.users", string="Adviser in charge", readonly=True)

    # What it is grouped by
    manner = fields.Selection(MANNERS, string="Individual or collective", readonly=True)
    result = fields.Selection(RESULTS, string="Outcome", readonly=True)
    kind = fields.Selection(
        selection_of("crm.lead", "hub_kind"), string="Kind of project", readonly=True
    )
    entry = fields.Selection(selection_of("crm.lead", "hub_entry"), readonly=True)
    public = fields.Selection(selection_of("crm.lead", "hub_public"), readonly=True)
    legal_form = fields.Selection(LEGAL_FORMS, readonly=True)
    place = fields.Char(string="Place of the first contact", readonly=True)
    activity_id = fields.Many2one(
        "hub.activity", string="Kind of activity", readonly=True
    )
    industry_id = fields.Many2one("hub.activity", readonly=True)
    territory_id = fields.Many2one("hub.territory", readonly=True)
    area_id = fields.Many2one(
        "hub.territory",
        readonly=True,
        help="A commune counts with those around it.",
    )
    zone = fields.Char(
        string="Zone label",
        readonly=True,
        help="Labels that the territory bore on the day of the reception.",
    )
    prescriber_id = fields.Many2one("res.partner", string="Sent by", readonly=True)
    referral = fields.Selection(REFERRALS, string="Sent by (kind)", readonly=True)

    # What is counted
    received = fields.Integer(string="Received in the year", readonly=True)
    accompanied = fields.Integer(readonly=True)
    completed = fields.Integer(string="Succeeded", readonly=True)
    with_activity = fields.Integer(string="With an activity created", readonly=True)
    with_job = fields.Integer(string="With a job", readonly=True)
    with_training = fields.Integer(string="With a training", readonly=True)
    continuing = fields.Integer(string="Still under way", readonly=True)
    other = fields.Integer(string="Other or unknown", readonly=True)

    @api.model
    def _read_years(self, select, **values):
        """The rows of every year of every hub, or of those years that are asked for."""
        hubs = self.env["res.company"].sudo().search([("hub_active", "=", True)])
        today = fields.Date.context_today(self)
        return read_paths(
            select,
            SQL.identifier("years"),
            years=all_years(hubs, today, self.env.context.get("hub_years")),
            parts=PARTS,
            standing=SQL(STANDING),
            **values,
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Whoever asks for one year waits for one year."""
        years = self._years_asked(Domain(domain))
        report = self if years is None else self.with_context(hub_years=years)
        return super(HubPathReportMixin, report)._search(domain, *args, **kwargs)

    @api.model
    def _years_asked(self, domain):
        """Years outside of which a domain finds nothing; None where it names none."""
        all_hold = getattr(domain, "OPERATOR", "") == "&"
        for part in domain.children if all_hold else [domain]:
            name = getattr(part, "field_expr", "")
            if name not in ("id", "year") or part.operator not in ("=", "in"):
                continue
            values = part.value if part.operator == "in" else [part.value]
            if not isinstance(values, list | tuple | Set):
                continue
            found = [int(value) for value in values if str(value).isdigit()]
            # The last four digits of the id of a row are its year.
            return tuple({number % 10000 for number in found})
        return None

    def action_open_project(self):
        """The project that stands behind the row."""
        self.ensure_one()
        if not self.lead_id.has_access("read"):
            raise AccessError(
                self.env._("Which projects stand behind a figure is for the team.")
            )
        return self.lead_id.get_formview_action()
