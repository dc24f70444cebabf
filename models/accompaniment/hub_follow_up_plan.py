from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from .hub_follow_up import MONTHS, MONTHS_TO_ASK
from .hub_follow_up_call import EXIT_MOMENT

BATCH = 50


def _is_created_activity(outcome):
    return outcome.kind == "activity_created" and outcome.quantity > 0


class HubFollowUp(models.Model):
    """Which follow-ups there are: they follow from outcomes, exits and answers.

    Planning again changes nothing; what was answered is never touched.
    """

    _inherit = "hub.follow.up"

    @api.model
    def _plan(self, leads):
        """Make the follow-ups of these projects what they should be."""
        leads = leads.filtered("is_hub_project")
        existing = self.search(Domain("lead_id", "in", leads.ids))
        wanted = self._wanted(leads)
        found = {row._key(): row for row in existing}
        for key, row in found.items():
            if not row.done_on and key in wanted:
                row._move(wanted[key]["start_on"])
        existing.filtered(
            lambda row: not row.done_on and row._key() not in wanted
        ).unlink()
        new = self._unguarded().create(
            [vals for key, vals in wanted.items() if key not in found]
        )
        rows = existing.exists() | new
        for outcome_rows in rows.filtered("outcome_id").grouped("outcome_id").values():
            outcome_rows._close_after_stop()

    def _key(self):
        """What it looks back at; an answer about a deleted outcome equals no other."""
        source = self.lead_id if self.kind == "exit" else self.outcome_id
        return self.kind, source.id, self.moment

    @api.model
    def _wanted(self, leads):
        """``{key: values}`` of all follow-ups that these projects should have."""
        wanted = {}
        for lead in leads:
            for outcome in lead.hub_outcome_ids.filtered(_is_created_activity):
                for moment in MONTHS:
                    wanted["activity", outcome.id, moment] = {
                        "lead_id": lead.id,
                        "kind": "activity",
                        "outcome_id": outcome.id,
                        "moment": moment,
                        **self._dates(moment, outcome.date),
                    }
            if self._is_followed_after_exit(lead):
                wanted["exit", lead.id, EXIT_MOMENT] = {
                    "lead_id": lead.id,
                    "kind": "exit",
                    "moment": EXIT_MOMENT,
                    **self._dates(EXIT_MOMENT, lead.hub_accompaniment_end),
                }
        return wanted

    @api.model
    def _is_followed_after_exit(self, lead):
        """Accompanied, ended, and without an activity to look back at."""
        outcomes = lead.hub_outcome_ids
        return (
            lead.hub_phase == "closed"
            and lead.hub_accompaniment_start
            and lead.hub_accompaniment_end
            and lead.hub_accompaniment_end > self._earliest_exit()
            and not outcomes.filtered(_is_created_activity)
            and "refused" not in outcomes.mapped("kind")
        )

    @api.model
    def _earliest_exit(self):
        """Whoever left before is not asked any more where he or she stands."""
        return self._today() - relativedelta(
            months=MONTHS[EXIT_MOMENT] + MONTHS_TO_ASK[EXIT_MOMENT]
        )

    def _move(self, start):
        """The creation was on another day: so is the look back at it."""
        if self.start_on == start:
            return
        vals = self._dates(self.moment, start)
        if vals["planned_on"] > self._today():
            # Too early to call: said again when the day has come.
            self.activity_id.unlink()
            vals["told_on"] = False
        self._unguarded().write(vals)

    def _close_after_stop(self):
        """What has stopped is not asked about again, until somebody corrects it."""
        stops = self.filtered(lambda row: row.alive == "stopped")
        stop = min((row.stopped_on or row.planned_on for row in stops), default=False)
        for row in self.filtered(lambda row: not row.done_on):
            is_closed = bool(stop) and row.planned_on >= stop
            if row.is_closed != is_closed:
                row._unguarded().is_closed = is_closed
            if is_closed:
                row.activity_id.unlink()

    # ------------------------------------------------------------
    # The daily job
    # ------------------------------------------------------------

    @api.model
    def _cron_follow_up(self):
        """Once a day: plan what is missing, and tell advisers whom to call."""
        self._run_in_batches(lambda: self._handle_due(BATCH), self._count_due)

    @api.model
    def _handle_due(self, limit=None):
        """Handle so many of those that are due; how many they were."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        unplanned = leads.search(self._domain_unplanned(), limit=limit)
        if unplanned := unplanned.try_lock_for_update():
            self._plan(unplanned)
        due = self.search(self._domain_to_tell(), limit=limit)
        if due := due.try_lock_for_update():
            due._tell_advisers()
        return len(unplanned) + len(due)

    @api.model
    def _count_due(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads.search_count(self._domain_unplanned()) + self.search_count(
            self._domain_to_tell()
        )

    @api.model
    def _domain_unplanned(self):
        """Projects with an activity or an exit that nobody has planned to look at."""
        activities = Domain("kind", "=", "activity_created") & Domain(
            "quantity", ">", 0
        )
        missing = activities & Domain("follow_up_ids", "=", False)
        exits = (
            Domain("stage_id.hub_phase", "=", "closed")
            & Domain("hub_accompaniment_start", "!=", False)
            & Domain("hub_accompaniment_end", ">", self._earliest_exit())
            & ~Domain("hub_outcome_ids", "any", activities)
            & ~Domain("hub_outcome_ids", "any", [("kind", "=", "refused")])
            & Domain("hub_follow_up_ids", "not any", [("kind", "=", "exit")])
        )
        return Domain("is_hub_project", "=", True) & (
            Domain("hub_outcome_ids", "any", missing) | exits
        )

    @api.model
    def _domain_to_tell(self):
        return (
            self._domain_state("due")
            & Domain("told_on", "=", False)
            & Domain("lead_id.active", "=", True)
        )
