from odoo import fields, models

from ...reports.print_words import long_date


class HubEvaluationPerson(models.Model):
    """The yes or no of one person to what was put down as agreed."""

    _inherit = "hub.evaluation.person"

    def _frozen_values(self):
        return {
            "name": self.partner_id.display_name,
            "side": self.side,
            "excused": self.excused,
            "view_given_on": self.given_on or "",
            "view_given_by": self.given_channel or "",
            "comment": self.comment or "",
            "agreed_on": self.answered_on or "",
            "agreed_by": self.answer_channel or "",
        }

    def _agree(self, channel, agreed_on=None, reason=None):
        """These people say yes to the values; the last yes closes the evaluation.

        :param agreed_on: day on which they said so, when noted down later
        """
        self.evaluation_id._take_turn()
        for evaluation in self.evaluation_id:
            evaluation._check_ready()
        now = fields.Datetime.now()
        moment = agreed_on and min(fields.Datetime.to_datetime(agreed_on), now)
        self._record_answer("yes", channel, reason, moment)
        self.evaluation_id._settle_if_agreed(agreed_on)

    def _disagree(self, channel, reason=None):
        """Somebody does not agree: the team calls, and the values can change."""
        self._record_answer("no", channel, reason)
        self._ask_team_to_call("disagrees")

    def _print_agreement(self):
        """When and how the person agreed."""
        self.ensure_one()
        if self.excused:
            return self.env._("excused")
        if self.answer != "yes":
            return ""
        how = dict(self._fields["answer_channel"]._description_selection(self.env))
        return self.env._(
            "agreed on %(date)s (%(how)s)",
            date=long_date(self.env, self.answered_on.date()),
            how=how[self.answer_channel].lower(),
        )
