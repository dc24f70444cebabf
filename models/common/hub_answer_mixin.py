from odoo import api, fields, models
from odoo.exceptions import UserError

from .hub_guard_mixin import OPEN

ANSWERS = [("waiting", "Waiting"), ("yes", "Yes"), ("no", "No")]
CHANNELS = [
    ("portal", "Personal link"),
    ("phone", "Telephone"),
    ("in_person", "In person"),
    ("paper", "Paper"),
]


class HubAnswerMixin(models.AbstractModel):
    """What one person answered, when, and by which channel.

    Whoever accepts, declines, confirms or signs may do so by a personal link, by
    telephone, in person or on paper: nothing depends on people having e-mail.
    """

    _name = "hub.answer.mixin"
    _description = "Answer of a person"
    _inherit = ["hub.guard.mixin"]
    _guarded_fields = frozenset(
        {"answer", "answered_on", "answer_channel", "recorded_by_id"}
    )

    answer = fields.Selection(
        ANSWERS, required=True, default="waiting", copy=False, readonly=True
    )
    answered_on = fields.Datetime(copy=False, readonly=True)
    answer_channel = fields.Selection(
        CHANNELS, string="Answered by", copy=False, readonly=True
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        copy=False,
        readonly=True,
        help="Who noted the answer down; empty when the person answered alone.",
    )
    answer_reason = fields.Text(string="Reason given", copy=False)

    def _record_answer(self, answer, channel, reason=None, answered_on=None):
        """Note down a yes or a no, once.

        :param answer: ``yes`` or ``no``
        :param channel: one of :data:`CHANNELS`
        :param answered_on: moment of the answer when it was given earlier (paper)
        :raises UserError: when the answer was already given
        """
        for record in self:
            record._check_answer_is_open()
        vals = self._prepare_answer_vals(answer, channel, reason, answered_on)
        self.with_context(hub_guard=OPEN).write(vals)

    def _reset_answer(self):
        """Wait for an answer again; the former one stays in the history only."""
        self.with_context(hub_guard=OPEN).write(
            {
                "answer": "waiting",
                "answered_on": False,
                "answer_channel": False,
                "recorded_by_id": False,
                "answer_reason": False,
            }
        )

    def _check_answer_is_open(self):
        if self.answer != "waiting":
            raise UserError(
                self.env._(
                    "%(name)s already answered on %(date)s. To ask again, cancel the"
                    " former answer first.",
                    name=self.display_name,
                    date=fields.Date.to_string(self.answered_on),
                )
            )

    @api.model
    def _prepare_answer_vals(self, answer, channel, reason=None, answered_on=None):
        return {
            "answer": answer,
            "answered_on": answered_on or fields.Datetime.now(),
            "answer_channel": channel,
            "recorded_by_id": False if channel == "portal" else self.env.uid,
            "answer_reason": reason or False,
        }
