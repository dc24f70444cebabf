from odoo import api, fields, models
from odoo.tools import SQL


class HubProjectMoment(models.Model):
    """What a project lived through, alone with its people or together with others:
    interviews and collective moments on one line of time. Facts only: what was said
    in an interview has its own readers."""

    _name = "hub.project.moment"
    _description = "Moment of a project"
    _auto = False
    _order = "date_start desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Project", readonly=True)
    kind = fields.Selection(
        [("individual", "Interview"), ("collective", "Collective moment")],
        readonly=True,
    )
    date_start = fields.Datetime(string="Date", readonly=True)
    date_end = fields.Datetime(string="End", readonly=True)
    answer = fields.Selection(
        [
            ("planned", "To come"),
            ("done", "Took place"),
            ("cancelled", "Cancelled"),
            ("expected", "Expected"),
            ("present", "Present"),
            ("absent", "Absent"),
            ("excused", "Excused"),
        ],
        string="What came of it",
        readonly=True,
    )
    interview_id = fields.Many2one("hub.interview", readonly=True)
    registration_id = fields.Many2one("event.registration", readonly=True)
    event_id = fields.Many2one("event.event", readonly=True)
    people = fields.Char(compute="_compute_people")

    _depends = {
        "hub.interview": ["lead_id", "date_start", "duration", "state", "company_id"],
        "event.registration": [
            "event_id",
            "hub_lead_id",
            "hub_attendance",
            "hub_format",
            "active",
        ],
        "event.event": ["date_begin", "date_end", "kanban_state"],
        "crm.lead": ["company_id"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT interview.id * 2::bigint AS id, interview.company_id,
                   interview.lead_id, 'individual' AS kind, interview.date_start,
                   interview.date_start
                   + make_interval(secs => interview.duration * 3600) AS date_end,
                   interview.state AS answer, interview.id AS interview_id,
                   NULL::int AS registration_id, NULL::int AS event_id
              FROM hub_interview interview
             UNION ALL
            SELECT place.id * 2::bigint + 1, lead.company_id, place.hub_lead_id,
                   'collective', event.date_begin, event.date_end,
                   place.hub_attendance, NULL, place.id, event.id
              FROM event_registration place
              JOIN event_event event ON event.id = place.event_id
              JOIN crm_lead lead ON lead.id = place.hub_lead_id
             WHERE place.active AND place.hub_format IS NOT NULL
               AND event.kanban_state != 'cancel'
            """
        )

    @api.depends("interview_id", "event_id")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for moment in self:
            source = moment.interview_id or moment.event_id
            moment.display_name = source.display_name

    @api.depends("interview_id.presence_ids.partner_id", "registration_id.name")
    def _compute_people(self):
        for moment in self:
            there = moment.interview_id.presence_ids.partner_id.mapped("name")
            names = there or [moment.registration_id.name]
            moment.people = ", ".join(filter(None, names))

    def action_open(self):
        """The interview or the collective moment itself."""
        self.ensure_one()
        return (self.interview_id or self.event_id).get_formview_action()
