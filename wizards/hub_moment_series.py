from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..models.accompaniment.event_event import EVENT_FORMATS

MOST = 60
# To whom such moments usually are open.
FOR_HOLDERS = (
    "breakfast",
    "info_afternoon",
    "workshop",
    "working_group",
    "follow_up",
    "review",
)
FOR_VOLUNTEERS = ("training", "review")


class HubMomentSeries(models.TransientModel):
    """Ten breakfasts of the year in one go: rhythm, hour and place are said once, the
    dates can be corrected before anything is created."""

    _name = "hub.moment.series"
    _description = "Series of collective moments"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    hub_format = fields.Selection(
        EVENT_FORMATS, string="Collective moment", required=True, default="breakfast"
    )
    name = fields.Char(
        string="Title",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
    )
    rhythm = fields.Selection(
        [
            ("week", "Every week"),
            ("fortnight", "Every two weeks"),
            ("weekday", "Every month, same weekday"),
            ("month", "Every month, same day"),
            ("dates", "Dates that I choose"),
        ],
        required=True,
        default="weekday",
        help="Same weekday: each first Tuesday, for instance.",
    )
    date_start = fields.Date(
        string="First date",
        # This morning is over for whoever plans in the afternoon.
        default=lambda self: fields.Date.context_today(self) + timedelta(days=1),
        required=True,
    )
    count = fields.Integer(string="How many", default=10, required=True)
    hour = fields.Float(string="Begins at", default=9.0, required=True)
    duration = fields.Float(string="Lasts (hours)", default=2.0, required=True)
    address_id = fields.Many2one(
        "res.partner",
        string="Place",
        default=lambda self: self.env.company.partner_id,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    tag_ids = fields.Many2many("event.tag", string="Goals")
    hub_open_holders = fields.Boolean(
        string="Open to project holders",
        compute="_compute_hub_open_holders",
        store=True,
        readonly=False,
        help="They find these moments on their own page and say there whether they"
        " come.",
    )
    hub_open_volunteers = fields.Boolean(
        string="Open to volunteers",
        compute="_compute_hub_open_volunteers",
        store=True,
        readonly=False,
        help="They find these moments on their own page and say there whether they"
        " come.",
    )
    seats_max = fields.Integer(string="Seats, at most", help="0: as many as come.")
    date_ids = fields.One2many(
        "hub.moment.series.date",
        "series_id",
        string="Dates",
        compute="_compute_date_ids",
        store=True,
        readonly=False,
    )

    @api.depends("hub_format")
    def _compute_name(self):
        labels = dict(self._fields["hub_format"]._description_selection(self.env))
        for series in self:
            if not series.name or series.name in labels.values():
                series.name = labels.get(series.hub_format)

    @api.depends("hub_format")
    def _compute_hub_open_holders(self):
        for series in self:
            series.hub_open_holders = series.hub_format in FOR_HOLDERS

    @api.depends("hub_format")
    def _compute_hub_open_volunteers(self):
        for series in self:
            series.hub_open_volunteers = series.hub_format in FOR_VOLUNTEERS

    @api.depends("rhythm", "date_start", "count")
    def _compute_date_ids(self):
        for series in self:
            if series.rhythm == "dates":
                series.date_ids = series.date_ids
                continue
            series.date_ids = [
                Command.clear(),
                *(Command.create({"date": day}) for day in series._dates()),
            ]

    def _dates(self):
        """The dates of the rhythm, from the first one on."""
        self.ensure_one()
        start, number = self.date_start, min(max(self.count, 0), MOST)
        if not start:
            return []
        if self.rhythm in ("week", "fortnight"):
            days = 7 if self.rhythm == "week" else 14
            return [start + timedelta(days=days * index) for index in range(number)]
        months = [start + relativedelta(months=index) for index in range(number)]
        if self.rhythm == "month":
            return months
        return [self._same_weekday(start, day) for day in months]

    @staticmethod
    def _same_weekday(start, day):
        """The first (second, ... last where there is no fifth) such weekday of the
        month of ``day``."""
        rank = (start.day - 1) // 7
        first = day.replace(day=1)
        first += timedelta(days=(start.weekday() - first.weekday()) % 7)
        found = first + timedelta(days=7 * rank)
        return found if found.month == day.month else found - timedelta(days=7)

    def action_create(self):
        """Create the moments and show them."""
        self.ensure_one()
        self._check()
        events = self.env["event.event"].create(
            [self._prepare_event(line.date) for line in self.date_ids.sorted("date")]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_moment_action"
        )
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "domain": [("id", "in", events.ids)],
            "path": False,
        }

    def _check(self):
        if not self.date_ids:
            raise UserError(
                self.env._("There is no date yet: say how many, or add dates.")
            )
        if len(self.date_ids) > MOST or self.count > MOST:
            raise UserError(
                self.env._(
                    "%(count)s dates are more than a series holds (%(most)s): create"
                    " it in two parts.",
                    count=max(len(self.date_ids), self.count),
                    most=MOST,
                )
            )
        if not 0 <= self.hour < 24 or not 0 < self.duration <= 24:
            raise UserError(
                self.env._(
                    "A moment begins between 0:00 and 23:59 and lasts up to 24 hours."
                )
            )
        self._check_twice()

    def _check_twice(self):
        days = self.date_ids.mapped("date")
        twice = {day for day in days if days.count(day) > 1}
        starts = [self._moment(day)[0] for day in days]
        there = self.env["event.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("hub_format", "=", self.hub_format),
                ("date_begin", "in", starts),
                ("name", "=", self.name),
            ]
        )
        zone = self.with_context(tz=self._zone().zone)
        twice |= {
            fields.Datetime.context_timestamp(zone, start).date()
            for start in there.mapped("date_begin")
        }
        if twice:
            raise UserError(
                self.env._(
                    "“%(title)s” would be there twice on %(days)s: take these dates off"
                    " the list.",
                    title=self.name,
                    days=", ".join(format_date(self.env, day) for day in sorted(twice)),
                )
            )

    def _zone(self):
        return pytz.timezone(self.env.user.tz or "UTC")

    def _moment(self, day):
        """Begin and end in UTC: nine o'clock stays nine o'clock in summer."""
        local = datetime.combine(day, time()) + timedelta(hours=self.hour)
        start = self._zone().localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        return start, start + timedelta(hours=self.duration)

    def _prepare_event(self, day):
        start, end = self._moment(day)
        return {
            "name": self.name,
            "hub_format": self.hub_format,
            "company_id": self.company_id.id,
            "date_begin": start,
            "date_end": end,
            "date_tz": self._zone().zone,
            "address_id": self.address_id.id,
            "user_id": self.user_id.id,
            "tag_ids": [Command.set(self.tag_ids.ids)],
            "hub_open_holders": self.hub_open_holders,
            "hub_open_volunteers": self.hub_open_volunteers,
            "seats_limited": self.seats_max > 0,
            "seats_max": max(self.seats_max, 0),
        }
