from odoo import api, fields, models
from odoo.fields import Domain

from ..common.hub_asking_mixin import TODO

OPEN_STATES = ("planned", "ongoing")


class HubPactCommitment(models.Model):
    """What becomes of a commitment: the text is closed, its following-up is not."""

    _inherit = "hub.pact.commitment"

    @api.depends("state")
    def _compute_done_on(self):
        today = fields.Date.context_today(self)
        for commitment in self:
            if commitment.state != "done":
                commitment.done_on = False
            elif not commitment.done_on:
                commitment.done_on = today

    @api.depends("due", "state", "pact_id.state")
    def _compute_is_overdue(self):
        late = self.filtered_domain(self._domain_overdue())
        for commitment in self:
            commitment.is_overdue = commitment in late

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._domain_overdue()
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.model
    def _domain_overdue(self):
        return self._domain_due(fields.Date.context_today(self), "<")

    @api.model
    def _domain_due(self, day, operator):
        """Commitments of pacts in force that are not done, by their last day."""
        return (
            Domain("state", "in", OPEN_STATES)
            & Domain("due", operator, day)
            & Domain("pact_id.state", "=", "in_force")
        )

    @api.model
    def _remind_of_due(self, today):
        """On its last day, whoever follows the pact asks how far it has come."""
        due = self.search(
            self._domain_due(today, "<=") & Domain("reminded_on", "=", False)
        )
        due.write({"reminded_on": today})
        self.env["hub.asking.mixin"]._create_activities(
            [commitment._prepare_reminder_vals() for commitment in due]
        )

    def _prepare_reminder_vals(self):
        asking = self.env["hub.asking.mixin"]
        pact = self.pact_id
        user = asking._first_of_team(pact.user_id, pact.company_id)
        told = self.with_context(lang=user.lang)
        return asking._prepare_activity_vals(
            pact,
            TODO,
            user,
            told.env._("How far is it? %(who)s", who=told.who or ""),
            [
                self.name,
                told.env._(
                    "Agreed until %(date)s. Note its state on the pact, under"
                    " “Implementation”.",
                    date=pact.with_context(lang=user.lang)._read_day(self.due),
                ),
            ],
        )

    def action_done(self):
        """It was done."""
        self.write({"state": "done"})

    def action_open_pact(self):
        """The pact in which it stands."""
        return self.pact_id._get_records_action()
