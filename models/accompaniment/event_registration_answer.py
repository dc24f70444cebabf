import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_answer_mixin import ANSWERS, CHANNELS

HUB = "solidarity_hub.group_hub_adviser"


class EventRegistration(models.Model):
    """What people said before the moment: they come, or they cannot.

    By their own page, by a personal link or by telephone: who says yes takes a seat,
    who says no is excused. Who came in the end is told by the sheet.
    """

    _name = "event.registration"
    _inherit = ["event.registration", "hub.guard.mixin"]
    _guarded_fields = frozenset(
        {
            "hub_answer",
            "hub_answered_on",
            "hub_answer_channel",
            "hub_recorded_by_id",
            "hub_answered_for",
            "hub_asked_on",
            "hub_access_token",
        }
    )

    hub_answer = fields.Selection(
        ANSWERS,
        string="Answer",
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
        groups=HUB,
    )
    hub_answered_on = fields.Datetime(
        string="Answered on", readonly=True, copy=False, groups=HUB
    )
    hub_answer_channel = fields.Selection(
        CHANNELS, string="Answered by", readonly=True, copy=False, groups=HUB
    )
    hub_recorded_by_id = fields.Many2one(
        "res.users",
        string="Answer noted by",
        readonly=True,
        copy=False,
        groups=HUB,
        help="Empty when the person answered alone.",
    )
    hub_answered_for = fields.Datetime(
        string="Date of the moment when answered",
        readonly=True,
        copy=False,
        groups=HUB,
    )
    hub_asked_on = fields.Date(
        string="E-mail sent on", readonly=True, copy=False, groups=HUB
    )
    hub_date_moved = fields.Boolean(
        string="Answered for an earlier date",
        compute="_compute_hub_date_moved",
        groups=HUB,
        help="The moment was put to another date since: ask again.",
    )
    # Whoever holds it answers in the person's name.
    hub_access_token = fields.Char(
        string="Key of the personal link",
        readonly=True,
        copy=False,
        groups=HUB,
    )
    hub_answer_url = fields.Char(
        string="Personal link",
        compute="_compute_hub_answer_url",
        groups=HUB,
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("hub_access_token")
    def _compute_hub_answer_url(self):
        for place in self:
            key = place.hub_access_token
            path = f"{place.get_base_url()}{place._hub_page()}" if place.id else ""
            place.hub_answer_url = key and f"{path}?access_token={key}"

    @api.depends("hub_answered_for", "event_id.date_begin")
    def _compute_hub_date_moved(self):
        for place in self:
            answered_for = place.hub_answered_for
            place.hub_date_moved = (
                bool(answered_for) and answered_for != place.event_id.date_begin
            )

    @api.model
    def _hub_domain_for(self, partner):
        """Places of this person at moments of the hub."""
        booked = Domain("hub_partner_id", "=", False)
        return Domain("hub_format", "!=", False) & (
            Domain("hub_partner_id", "=", partner.id)
            | booked & Domain("partner_id", "=", partner.id)
        )

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        moments = places.filtered("hub_format")
        if moments:
            moments._hub_give_keys()
            moments._hub_answer_follows()
        return places

    def write(self, vals):
        result = super().write(vals)
        if {"state", "hub_attendance"} & set(vals) and "hub_answer" not in vals:
            self._hub_answer_follows()
        return result

    def _hub_give_keys(self):
        """Each place at a moment of the hub has a personal link."""
        for place in self._unguarded().sudo():
            if not place.hub_access_token:
                place.hub_access_token = str(uuid.uuid4())

    def _hub_answer_follows(self):
        """Excused before the moment is a no; expected again, the no is taken back."""
        for place in self.filtered("hub_format").sudo():
            told = place.hub_attendance, place.hub_answer
            if told[0] == "excused" and told[1] != "no":
                answer = "no"
            elif told == ("expected", "no"):
                answer = "waiting"
            else:
                continue
            place._unguarded().write(
                self._prepare_hub_answer(answer, None, place.event_id)
            )

    def action_hub_comes(self):
        """Told by telephone: the person comes."""
        self._hub_record_answer("yes", "phone")

    def action_hub_cannot_come(self):
        """Told by telephone: the person cannot come."""
        self._hub_record_answer("no", "phone")

    def _hub_record_answer(self, answer, channel):
        """Note whether these people come; the sheet and the seats follow.

        :param answer: ``yes`` or ``no``
        :param channel: how it was said, see :data:`CHANNELS`
        """
        attendance = "expected" if answer == "yes" else "excused"
        for place in self:
            place._hub_check_open()
            if place.sudo().hub_answer == answer and not place.sudo().hub_date_moved:
                continue
            if answer == "yes" and place.state != "open":
                place.event_id._hub_check_seats()
            place._unguarded().write(
                {
                    "hub_attendance": attendance,
                    **self._prepare_hub_answer(answer, channel, place.event_id),
                }
            )

    @api.model
    def _prepare_hub_answer(self, answer, channel, event):
        waiting = answer == "waiting"
        alone = waiting or channel == "portal"
        return {
            "hub_answer": answer,
            "hub_answered_on": not waiting and fields.Datetime.now(),
            "hub_answer_channel": channel,
            "hub_recorded_by_id": False if alone else self.env.uid,
            "hub_answered_for": not waiting and event.date_begin,
        }

    def _hub_check_open(self):
        """An answer is for what is still to come and was not noted on the sheet."""
        self.event_id._hub_check_open()
        if self.hub_attendance in ("present", "absent"):
            raise UserError(
                self.env._(
                    "The sheet of “%(event)s” already says who came.",
                    event=self.event_id.name,
                )
            )
