from odoo import api, fields, models


class HubAttendanceSheet(models.TransientModel):
    """The sheet of a collective moment on one screen: one tap a person, whoever came
    unannounced, how many came without giving a name, done."""

    _name = "hub.attendance.sheet"
    _description = "Attendance sheet"
    _rec_name = "event_id"

    event_id = fields.Many2one(
        "event.event", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Char(compute="_compute_day")
    registration_ids = fields.Many2many(
        "event.registration", string="People", compute="_compute_registration_ids"
    )
    walk_in_ids = fields.Many2many(
        "res.partner",
        string="Came unannounced",
        help="Type the name: who is known is found, anybody else becomes a contact.",
    )
    unidentified = fields.Integer(
        string="Came without giving a name",
        compute="_compute_unidentified",
        inverse="_inverse_unidentified",
    )
    expected_count = fields.Integer(related="event_id.hub_expected_count")
    present_count = fields.Integer(related="event_id.hub_present_count")
    absent_count = fields.Integer(related="event_id.hub_absent_count")
    excused_count = fields.Integer(related="event_id.hub_excused_count")
    came_count = fields.Integer(related="event_id.hub_came_count")
    filled_on = fields.Date(related="event_id.hub_sheet_filled_on")

    @api.depends("event_id.date_begin", "event_id.date_end")
    @api.depends_context("lang")
    def _compute_day(self):
        for sheet in self:
            event = sheet.event_id
            sheet.day = f"{event._hub_day_words()}, {event._hub_hours_words()}"

    @api.depends("event_id.registration_ids.name")
    def _compute_registration_ids(self):
        for sheet in self:
            sheet.registration_ids = sheet.event_id.registration_ids.sorted(
                lambda place: ((place.name or "").casefold(), place.id)
            )

    @api.depends("event_id.hub_unidentified")
    def _compute_unidentified(self):
        for sheet in self:
            sheet.unidentified = sheet.event_id.hub_unidentified

    def _inverse_unidentified(self):
        for sheet in self:
            sheet._event_to_note().hub_unidentified = sheet.unidentified

    def _event_to_note(self):
        """The moment, for whoever may note presence without planning events."""
        self.env["event.registration"].check_access("write")
        self.event_id.check_access("read")
        self.event_id._hub_check_sheet()
        return self.event_id.sudo()

    def action_add_walk_ins(self):
        """They came: who was on the list is noted there, the others are added."""
        self.ensure_one()
        self._event_to_note()
        self.event_id._hub_add_people(self.walk_in_ids, "present")
        self.walk_in_ids = False

    def action_all_present(self):
        """Everybody who was still expected came."""
        self._event_to_note()
        self._expected().write({"hub_attendance": "present"})

    def action_one_more(self):
        """One more came without giving a name."""
        self.unidentified += 1

    def action_one_less(self):
        """One less came without giving a name."""
        self.unidentified = max(self.unidentified - 1, 0)

    def action_done(self):
        """The sheet is filled: whoever was still expected did not come."""
        self.ensure_one()
        event = self._event_to_note()
        self.event_id._hub_add_people(self.walk_in_ids, "present")
        self._expected().write({"hub_attendance": "absent"})
        event.hub_sheet_filled_on = fields.Date.context_today(self)
        self.walk_in_ids = False

    def action_certificates(self):
        """A certificate for each person who came."""
        self.ensure_one()
        return self.event_id.action_hub_print_certificates()

    def _expected(self):
        return self.event_id.registration_ids.filtered(
            lambda place: place.hub_attendance == "expected"
        )
