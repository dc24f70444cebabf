from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

EVENT_FORMATS = [
    ("breakfast", "Breakfast meeting"),
    ("info_afternoon", "Information afternoon"),
    ("workshop", "Thematic workshop"),
    ("working_group", "Self-run working group"),
    ("training", "Training of volunteers"),
    ("follow_up", "Follow-up after creation"),
    ("awareness", "Awareness raising"),
    ("review", "Participatory review"),
]
USUAL_LENGTH = timedelta(hours=2)


class EventEvent(models.Model):
    """Moments that the hub spends with several people: who came, how many in all.

    Events without a format of the hub stay as Odoo has them.
    """

    _inherit = "event.event"

    hub_format = fields.Selection(
        EVENT_FORMATS,
        string="Collective moment",
        index="btree_not_null",
        help="What kind of moment of the hub this is; empty for any other event.",
    )
    hub_skill_ids = fields.Many2many(
        "hub.skill",
        string="Skills to learn",
        groups="solidarity_hub.group_hub_adviser",
        help="What this training is about; those who could learn it can be put on the"
        " list in one go.",
    )
    hub_unidentified = fields.Integer(
        string="Came without giving a name",
        tracking=True,
        copy=False,
        help="People who were there beside those on the sheet.",
    )
    hub_sheet_filled_on = fields.Date(
        string="Sheet filled on", readonly=True, copy=False
    )
    hub_sheet_state = fields.Selection(
        [
            ("to_come", "To come"),
            ("to_fill", "To fill"),
            ("filled", "Filled"),
            ("cancelled", "Cancelled"),
        ],
        string="Attendance sheet",
        compute="_compute_hub_sheet_state",
        search="_search_hub_sheet_state",
    )
    hub_expected_count = fields.Integer(
        string="Expected", compute="_compute_hub_counts"
    )
    hub_present_count = fields.Integer(string="Present", compute="_compute_hub_counts")
    hub_absent_count = fields.Integer(string="Absent", compute="_compute_hub_counts")
    hub_excused_count = fields.Integer(string="Excused", compute="_compute_hub_counts")
    hub_came_count = fields.Integer(
        string="Came in all",
        compute="_compute_hub_counts",
        help="People noted present, and those who came without giving a name.",
    )
    hub_lock_count = fields.Integer(readonly=True, copy=False)

    _hub_unidentified_positive = models.Constraint(
        "CHECK(hub_unidentified >= 0)",
        "The number of people without a name cannot be negative.",
    )

    @api.model
    def default_get(self, fields_list):
        """A moment of the hub is tomorrow at nine and lasts two hours, not from now on
        for a day; only what nobody has said."""
        result = super().default_get(fields_list)
        if result.get("hub_format") and {"date_begin", "date_end"} <= result.keys():
            given = self.env.context.keys()
            if "default_date_begin" not in given:
                result["date_begin"] = self._hub_tomorrow_at_nine()
            if "default_date_end" not in given:
                result["date_end"] = result["date_begin"] + USUAL_LENGTH
        return result

    @api.model
    def _hub_tomorrow_at_nine(self):
        zone = pytz.timezone(self.env.user.tz or "UTC")
        day = fields.Date.context_today(self) + timedelta(days=1)
        local = zone.localize(datetime.combine(day, time(9)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.depends("registration_ids.hub_attendance", "hub_unidentified")
    def _compute_hub_counts(self):
        counts = {
            (event.id, attendance): count
            for event, attendance, count in self.env["event.registration"]._read_group(
                [("event_id", "in", self.filtered("hub_format").ids)],
                ["event_id", "hub_attendance"],
                ["__count"],
            )
        }
        for event in self:
            for attendance in ("expected", "present", "absent", "excused"):
                event[f"hub_{attendance}_count"] = counts.get(
                    (event._origin.id, attendance), 0
                )
            event.hub_came_count = event.hub_present_count + event.hub_unidentified

    @api.depends("hub_format", "date_end", "hub_sheet_filled_on", "kanban_state")
    def _compute_hub_sheet_state(self):
        now = fields.Datetime.now()
        to_fill = self.filtered_domain(self._hub_domain_to_fill())
        for event in self:
            if not event.hub_format:
                event.hub_sheet_state = False
            elif event._hub_is_cancelled():
                event.hub_sheet_state = "cancelled"
            elif event in to_fill:
                event.hub_sheet_state = "to_fill"
            elif event.hub_sheet_filled_on or (event.date_end or now) < now:
                event.hub_sheet_state = "filled"
            else:
                event.hub_sheet_state = "to_come"

    def _search_hub_sheet_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        formats = Domain("hub_format", "!=", False)
        cancelled = Domain("kanban_state", "=", "cancel")
        moments = formats & ~cancelled
        to_fill = self._hub_domain_to_fill()
        to_come = Domain("hub_sheet_filled_on", "=", False) & Domain(
            "date_end", ">=", fields.Datetime.now()
        )
        domains = {
            "to_fill": to_fill,
            "to_come": moments & to_come,
            "filled": moments & ~to_fill & ~to_come,
            "cancelled": formats & cancelled,
            False: ~formats,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _hub_domain_to_fill(self):
        """Moments that are over and of which it is not known who came.

        A sheet that was filled at the registration desk, with nobody left expected,
        needs no second look.
        """

        def among_people(domain):
            people = Domain("active", "=", True) & domain
            return Domain("registration_ids", "any", people)

        somebody_left = among_people(Domain("hub_attendance", "=", "expected"))
        somebody_noted = among_people(
            Domain("hub_attendance", "in", ("present", "absent", "excused"))
        )
        return (
            Domain("hub_format", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("date_end", "<", fields.Datetime.now())
            & Domain("hub_sheet_filled_on", "=", False)
            & (~somebody_noted | somebody_left)
        )

    @api.depends("hub_format")
    def _compute_event_mail_ids(self):
        """Nobody is written to by surprise: the hub's moments plan no mails."""
        moments = self.filtered("hub_format")
        result = super(EventEvent, self - moments)._compute_event_mail_ids()
        for event in moments:
            mails = event.event_mail_ids
            sent = mails.filtered("mail_registration_ids") | mails.filtered("mail_done")
            event.event_mail_ids = [Command.unlink(mail.id) for mail in mails - sent]
        return result

    @api.constrains("hub_format")
    def _check_hub_format(self):
        """A sheet belongs to a moment: the format stays once people came."""
        for event in self:
            if not event.hub_format and (
                event.hub_unidentified or event.hub_sheet_filled_on
            ):
                raise ValidationError(
                    self.env._(
                        "The attendance sheet of “%(event)s” is filled: it stays a"
                        " collective moment of the hub. Choose another format instead"
                        " of none.",
                        event=event.name,
                    )
                )

    def _hub_touch(self):
        """Two people who add to one sheet at the same time are served one after the
        other: under REPEATABLE READ a row has to be written for that."""
        for event_id in sorted(self.ids):
            self.env.cr.execute(
                SQL(
                    "UPDATE event_event SET hub_lock_count ="
                    " COALESCE(hub_lock_count, 0) + 1 WHERE id = %s",
                    event_id,
                )
            )
        self.invalidate_recordset(["hub_lock_count"])
