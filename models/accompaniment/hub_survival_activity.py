from odoo import fields, models

from . import survival_query as query
from .hub_follow_up import FINDINGS

ACTIVITIES = """
SELECT id, outcome_id, company_id, lead_id, date, year,
       max(finding) FILTER (WHERE moment = 'm06') AS at_m06,
       max(finding) FILTER (WHERE moment = 'm12') AS at_m12,
       max(finding) FILTER (WHERE moment = 'm36') AS at_m36,
       max(finding) FILTER (WHERE moment = 'm60') AS at_m60,
       max(jobs_then) AS jobs_then,
       COALESCE((array_agg(
           CASE WHEN finding = 'stopped' THEN 0 ELSE jobs_now END ORDER BY moment DESC
       ) FILTER (WHERE finding IN ('active', 'transferred', 'stopped')))[1], 0)
           AS jobs_now
  FROM found
GROUP BY id, outcome_id, company_id, lead_id, date, year"""
AT = [
    *FINDINGS,
    ("not_asked", "Not asked"),
    ("not_due", "Day to come"),
]


class HubSurvivalActivity(models.Model):
    """One activity that was created, and what is known of it at each moment."""

    _name = "hub.survival.activity"
    _description = "Activity created and what became of it"
    _auto = False
    _check_company_auto = True
    _order = "date desc, id"
    _rec_name = "lead_id"
    _depends = query.DEPENDS

    company_id = fields.Many2one("res.company", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Project", readonly=True)
    outcome_id = fields.Many2one("hub.outcome", readonly=True)
    phone = fields.Char(related="lead_id.partner_id.phone")
    date = fields.Date(string="Created on", readonly=True)
    year = fields.Char(string="Year of creation", readonly=True)
    at_m06 = fields.Selection(AT, string="After 6 months", readonly=True)
    at_m12 = fields.Selection(AT, string="After one year", readonly=True)
    at_m36 = fields.Selection(AT, string="After three years", readonly=True)
    at_m60 = fields.Selection(AT, string="After five years", readonly=True)
    jobs_then = fields.Integer(string="Jobs at start", readonly=True)
    jobs_now = fields.Integer(
        string="Jobs now", help="As answered last.", readonly=True
    )

    @property
    def _table_query(self):
        return query.read_parts(self.env, ACTIVITIES)

    def action_open_project(self):
        """The project, with its follow-ups."""
        self.ensure_one()
        return self.lead_id.get_formview_action()
