from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.exchange_time import share_minutes


class HubExchange(models.Model):
    """Where the hub counts in time: a minute given is a minute received.

    Each one who gives is credited with the duration; those who learn share the whole
    between them (``tools/exchange_time.py``). Where the hub does not count (open
    reciprocity), and for time given to the hub itself, nobody's balance moves. What
    was counted stays, whatever the setting says later.
    """

    _inherit = "hub.exchange"

    limit_words = fields.Char(compute="_compute_limit_words", compute_sudo=True)

    @api.depends(
        "state",
        "duration",
        "given_to_hub",
        "company_id.hub_exchange_counting",
        "participant_ids.partner_id",
        "participant_ids.side",
    )
    @api.depends_context("lang")
    def _compute_limit_words(self):
        for exchange in self:
            below = []
            if exchange.state == "planned" and exchange._will_count():
                below = exchange._below_limit()
            exchange.limit_words = exchange._words_of_limit(below) if below else False

    def _will_count(self):
        return self.company_id.hub_exchange_counting == "time" and not self.given_to_hub

    def _count_again(self):
        """Time goes to those who gave it, or back where the exchange is not done."""
        for exchange in self:
            counted = exchange.state == "done" and exchange._will_count()
            if counted:
                exchange._check_limit()
            exchange._unguarded().is_counted = counted
            for line, minutes in exchange._shares(counted):
                line._unguarded().minutes = minutes

    def _shares(self, counted=True):
        """Participants with the minutes of each."""
        givers = self.participant_ids.filtered(lambda line: line.side == "giver")
        learners = self.participant_ids - givers
        if not counted or not givers or not learners or self.duration <= 0:
            return [(line, 0) for line in self.participant_ids]
        credits, debits = share_minutes(self.duration, len(givers), len(learners))
        return list(
            zip(
                givers.sorted("id") + learners.sorted("id"),
                credits + debits,
                strict=True,
            )
        )

    def _below_limit(self):
        """Names and balances of those whom this exchange takes below the limit."""
        floor = -60 * self.company_id.hub_exchange_limit
        shares = self._shares()
        people = self.participant_ids.partner_id
        balances = people._hub_exchange_balances(self.company_id)
        return [
            (line.partner_id, after)
            for line, minutes in shares
            for after in [balances.get(line.partner_id._origin.id, 0) + minutes]
            if minutes < 0 and after < floor
        ]

    def _words_of_limit(self, below):
        words = self.env["res.partner"]._hub_minutes_words
        return self.env._(
            "Below the limit of %(limit)s: %(people)s.",
            limit=words(-60 * self.company_id.hub_exchange_limit),
            people=", ".join(f"{who.display_name} ({words(n)})" for who, n in below),
        )

    def _check_limit(self):
        """Nobody goes below the limit unseen, be it by two exchanges at once."""
        learners = self.participant_ids.filtered(lambda line: line.side == "learner")
        roles = self.env["hub.role"].sudo()
        roles.search([("partner_id", "in", learners.partner_id.ids)])._lock_and_touch()
        below = self._below_limit()
        if not below:
            return
        words = self._words_of_limit(below)
        if self.company_id.hub_exchange_over == "refuse":
            raise UserError(
                words
                + " "
                + self.env._("They give first, before they learn more this way.")
            )
        if not (self.over_limit_reason or "").strip():
            raise UserError(
                words
                + " "
                + self.env._(
                    "Write under “Reason for going below the limit” why this is fine."
                )
            )

    @api.model
    def _counts(self, company):
        """Whether balances are shown in this hub."""
        return company.sudo().hub_exchange_counting == "time"
