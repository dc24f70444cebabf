from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_asking_mixin import TODO

BATCH = 50


class HubEvaluation(models.Model):
    """What the daily job does about evaluations: plan, announce, remind."""

    _inherit = "hub.evaluation"

    @api.model
    def _cron_evaluations(self):
        """Once a day. Run again, or stopped half way, it does nothing twice."""
        self._run_in_batches(lambda: self._handle_due(BATCH), self._count_due)

    @api.model
    def _handle_due(self, limit=None):
        return (
            self._plan_missing(limit)
            + self._announce_due(limit)
            + self.env["hub.evaluation.person"]._remind_due(limit)
        )

    @api.model
    def _count_due(self):
        pacts = self.env["hub.pact"]
        return (
            pacts.search_count(pacts._domain_unplanned())
            + self.search_count(self._domain_to_announce())
            + self.env["hub.evaluation.person"]._count_due()
        )

    @api.model
    def _plan_missing(self, limit=None):
        pacts = self.env["hub.pact"]
        unplanned = pacts.search(pacts._domain_unplanned(), limit=limit)
        unplanned = unplanned.try_lock_for_update()
        unplanned._plan_evaluations()
        return len(unplanned)

    @api.model
    def _domain_to_announce(self):
        """Planned within the days that each hub wants to know it before."""
        today = self._today()
        hubs = self.env["res.company"].sudo().search([("hub_active", "=", True)])
        near = Domain.OR(
            Domain("company_id", "=", hub.id)
            & Domain("date", "<=", fields.Date.add(today, days=hub.hub_evaluation_days))
            for hub in hubs
        )
        return (
            Domain("state", "=", "planned") & Domain("announced_on", "=", False) & near
        )

    @api.model
    def _announce_due(self, limit=None):
        """Tell whoever follows the pact that it is time to look together."""
        due = self.search(self._domain_to_announce(), limit=limit)
        due = due.try_lock_for_update()
        due._create_activities([one._prepare_announcement() for one in due])
        due._unguarded().announced_on = self._today()
        return len(due)

    def _prepare_announcement(self):
        user = self._in_charge()
        evaluation = self.with_context(lang=user.lang)
        lines = [
            evaluation.display_name,
            evaluation.env._(
                "Open the evaluation and press “Ask for their views”: each one gets a"
                " link, or is called. Then find a day to talk."
            ),
        ]
        summary = evaluation.env._("Evaluate together")
        vals = self._prepare_activity_vals(self, TODO, user, summary, lines)
        return {**vals, "date_deadline": max(self.date, self._today())}

    def _tell_when_complete(self):
        """All views are in: whoever follows the pact finds a day to talk."""
        done = self.sudo().filtered(
            lambda e: (
                e.state == "under_way"
                and not e.complete_on
                and all(person.given_on or person.excused for person in e.person_ids)
            )
        )
        # Views that the team typed in are no news to it.
        alone = done.filtered(
            lambda e: "portal" in e.person_ids.mapped("given_channel")
        )
        alone._create_activities([one._prepare_complete() for one in alone])
        done._unguarded().complete_on = self._today()

    def _prepare_complete(self):
        user = self._in_charge()
        evaluation = self.with_context(lang=user.lang)
        lines = [
            evaluation.display_name,
            evaluation.env._(
                "Bring them together: compare the views, and put down what they agree"
                " on."
            ),
        ]
        summary = evaluation.env._("All views are in")
        return self._prepare_activity_vals(self, TODO, user, summary, lines)

    def _in_charge(self):
        """Whoever follows the pact, else an adviser of its projects."""
        self.ensure_one()
        pact = self.sudo().pact_id
        users = pact.user_id | pact.lead_ids.user_id
        return self._first_of_team(users, self.company_id)

    def action_remind(self):
        """Remind whoever has not answered."""
        self.check_access("write")
        people = self.person_ids
        if not people:
            raise UserError(self.env._("Nobody takes part yet."))
        return people.action_remind()
