from odoo import fields, models
from odoo.tools import SQL

QUERY = """
   SELECT event.id, event.id AS event_id, event.company_id, event.hub_format,
          event.date_begin AS date, event.user_id, event.address_id,
          event.date_end < %(now)s AS is_over, 1 AS moment_count,
          COALESCE(listed, 0) AS listed_count,
          COALESCE(expected, 0) AS expected_count,
          COALESCE(present, 0) AS present_count,
          COALESCE(absent, 0) AS absent_count,
          COALESCE(excused, 0) AS excused_count,
          COALESCE(event.hub_unidentified, 0) AS unidentified_count,
          COALESCE(present, 0) + COALESCE(event.hub_unidentified, 0)
              AS came_count
     FROM event_event event
LEFT JOIN (SELECT event_id, count(*)::int AS listed,
                  count(*) FILTER (WHERE hub_attendance = 'expected')::int
                      AS expected,
                  count(*) FILTER (WHERE hub_attendance = 'present')::int
                      AS present,
                  count(*) FILTER (WHERE hub_attendance = 'absent')::int
                      AS absent,
                  count(*) FILTER (WHERE hub_attendance = 'excused')::int
                      AS excused
             FROM event_registration
            WHERE active AND hub_format IS NOT NULL
         GROUP BY event_id) place ON place.event_id = event.id
    WHERE event.hub_format IS NOT NULL AND event.kanban_state != 'cancel'
      AND (event.active
           OR COALESCE(present, 0) + COALESCE(event.hub_unidentified, 0) > 0)"""


class HubAttendanceReport(models.Model):
    """Attendance in figures, one row a moment: who was expected, who came, and those
    who gave no name, each counted once.

    What was cancelled did not take place and is left out; so is what was put away
    without anybody having come.
    """

    _name = "hub.attendance.report"
    _description = "Attendance in figures"
    _auto = False
    _check_company_auto = True
    _order = "date desc, id desc"
    _rec_name = "event_id"

    event_id = fields.Many2one("event.event", string="Moment", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Datetime(readonly=True)
    hub_format = fields.Selection(
        selection=lambda self: (
            self.env["event.event"]
            ._fields["hub_format"]
            ._description_selection(self.env)
        ),
        string="Collective moment",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    address_id = fields.Many2one("res.partner", string="Place", readonly=True)
    tag_ids = fields.Many2many(
        "event.tag",
        "event_event_event_tag_rel",
        "event_event_id",
        "event_tag_id",
        string="Goals",
        readonly=True,
        help="A moment with two goals shows under both; totals count it once.",
    )
    is_over = fields.Boolean(string="Over", readonly=True)
    moment_count = fields.Integer(string="Collective moments", readonly=True)
    listed_count = fields.Integer(
        string="On the list",
        readonly=True,
        help="Expected, present, absent and excused.",
    )
    expected_count = fields.Integer(
        string="Expected", readonly=True, help="Still expected: not noted yet."
    )
    present_count = fields.Integer(string="Present", readonly=True)
    absent_count = fields.Integer(string="Absent", readonly=True)
    excused_count = fields.Integer(string="Excused", readonly=True)
    unidentified_count = fields.Integer(string="Without a name", readonly=True)
    came_count = fields.Integer(
        string="Came in all", readonly=True, help="Present, and without a name."
    )

    _depends = {
        "event.event": [
            "active",
            "address_id",
            "company_id",
            "date_begin",
            "date_end",
            "hub_format",
            "hub_unidentified",
            "kanban_state",
            "tag_ids",
            "user_id",
        ],
        "event.registration": ["active", "event_id", "hub_attendance"],
    }

    @property
    def _table_query(self):
        return SQL(QUERY, now=fields.Datetime.now())

    def action_open_moment(self):
        """The moment itself."""
        self.ensure_one()
        return self.event_id.get_formview_action()
