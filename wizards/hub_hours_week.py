from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# How far back one's usual rows are looked for.
USUAL_DAYS = 28
MOST_ROWS = 8


class HubHoursWeek(models.TransientModel):
    """A week of one's own time on one screen: a row per function and programme, a
    column per day. It adds time; what is already there is corrected in its list."""

    _name = "hub.hours.week"
    _description = "Time of a week"

    date = fields.Date(
        string="Week of", required=True, default=lambda self: self._default_date()
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        readonly=True,
        default=lambda self: self.env.user.partner_id,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    noted = fields.Char(string="Already noted", compute="_compute_noted")
    row_ids = fields.One2many(
        "hub.hours.week.row",
        "week_id",
        string="Time to add",
        default=lambda self: self._default_rows(),
    )

    @api.model
    def _default_date(self):
        today = fields.Date.context_today(self)
        return today - timedelta(days=today.weekday())

    @api.model
    def _default_rows(self):
        """The rows of the last weeks, the most frequent ones first."""
        since = fields.Date.context_today(self) - timedelta(days=USUAL_DAYS)
        groups = self.env["hub.volunteer.hours"]._read_group(
            [
                ("partner_id", "=", self.env.user.partner_id.id),
                ("company_id", "=", self.env.company.id),
                ("source", "=", "own"),
                ("date", ">=", since),
            ],
            ["function", "programme_id"],
            ["__count"],
            order="__count desc",
            limit=MOST_ROWS,
        )
        usual = [(function, programme.id) for function, programme, _count in groups]
        return [
            Command.create({"function": function, "programme_id": programme})
            for function, programme in usual or [("accompaniment", False)]
        ]

    def _monday(self):
        return self.date - timedelta(days=self.date.weekday())

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_noted(self):
        """What this week already holds, day by day, whatever it comes from."""
        for week in self:
            if not week.date:
                week.noted = False
                continue
            monday = week._monday()
            groups = self.env["hub.volunteer.hours"]._read_group(
                [
                    ("partner_id", "=", week.partner_id.id),
                    ("date", ">=", monday),
                    ("date", "<", monday + timedelta(days=7)),
                ],
                ["date:day"],
                ["hours:sum"],
            )
            words = self.env["res.partner"]._hub_hours_words
            week.noted = ", ".join(
                f"{format_date(self.env, day, date_format='EEE d')} {words(hours)}"
                for day, hours in groups
            )

    def action_earlier(self):
        """The week before."""
        return self._move(-7)

    def action_later(self):
        """The week after."""
        return self._move(7)

    def _move(self, days):
        self.date = self._monday() + timedelta(days=days)
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My week"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_add(self):
        """Note the time of all filled cells, to be validated."""
        self.ensure_one()
        values = [vals for row in self.row_ids for vals in row._line_values()]
        if not values:
            raise UserError(
                self.env._("Write at least one number of hours below a day.")
            )
        self.env["hub.volunteer.hours"].create(values)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_hours_mine_action"
        )
