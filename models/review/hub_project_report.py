from odoo import fields, models

from . import figures_query as query
from .figures_rows import PROJECT_ROWS
from .hub_path_report_mixin import selection_of

DEPENDS = {
    "crm.lead": [
        "active",
        "company_id",
        "hub_accompaniment_end",
        "hub_activity_id",
        "hub_entry",
        "hub_kind",
        "hub_legal_form",
        "hub_place",
        "hub_prescriber_id",
        "hub_public",
        "hub_reception_date",
        "hub_territory_id",
        "is_hub_project",
        "user_id",
    ],
    "event.event": ["company_id", "date_begin", "kanban_state"],
    "event.registration": [
        "active",
        "event_id",
        "hub_attendance",
        "hub_format",
        "hub_lead_id",
        "hub_partner_id",
        "partner_id",
    ],
    "hub.activity": ["parent_path"],
    "hub.interview": ["company_id", "date_start", "kind", "lead_id", "state"],
    "hub.outcome": [
        "company_id",
        "date",
        "job_kind",
        "jobs_fte",
        "kind",
        "lead_id",
        "quantity",
    ],
    "hub.pact": [
        "closed_on",
        "company_id",
        "date_end",
        "date_start",
        "in_force_from",
        "lead_ids",
    ],
    "hub.pairing": [
        "company_id",
        "date_end",
        "date_start",
        "holder_answer",
        "lead_id",
        "state",
        "volunteer_answer",
    ],
    "hub.path.step": ["date_start", "lead_id", "phase"],
    "hub.project.holder": [
        "company_id",
        "kept_age_band",
        "kept_gender",
        "lead_id",
        "partner_id",
    ],
    "hub.role": [
        "company_id",
        "date_start",
        "institution_kind",
        "kind",
        "partner_id",
    ],
    "hub.territory": ["kind", "parent_id"],
    "hub.territory.zone": ["date_end", "date_start", "name", "territory_id"],
    "res.partner": [
        "commercial_partner_id",
        "hub_birth_year",
        "hub_gender",
        "is_company",
    ],
    "res.company": ["hub_collective_times"],
}


class HubProjectReport(models.Model):
    """A project in a year: received, accompanied, with what outcome.

    A project is there in each year in which something happened to it; projects put
    away count as the others.
    """

    _name = "hub.project.report"
    _description = "Projects by year"
    _inherit = ["hub.path.report.mixin"]
    _auto = False
    _check_company_auto = True
    _rec_name = "lead_id"
    _order = "year desc, id"
    _depends = DEPENDS

    is_dla = fields.Boolean(string="Structure of the DLA", readonly=True)
    is_archived = fields.Boolean(string="Put away since", readonly=True)
    phase = fields.Selection(
        selection_of("hub.path.step", "phase"),
        string="Phase at the end of the year",
        readonly=True,
    )
    anonymous = fields.Integer(string="Received without a name", readonly=True)
    activities = fields.Integer(string="Activities created", readonly=True)
    jobs = fields.Integer(readonly=True)
    jobs_own = fields.Integer(string="Own jobs", readonly=True)
    jobs_salaried = fields.Integer(string="Salaried jobs", readonly=True)
    jobs_maintained = fields.Integer(string="Maintained jobs", readonly=True)
    jobs_fte = fields.Float(
        string="Jobs (full-time equivalent)", digits=(16, 2), readonly=True
    )
    trainings = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return self._read_years(PROJECT_ROWS, outcome=query.OUTCOME)
