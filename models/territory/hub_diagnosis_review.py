from odoo import api, models
from odoo.fields import Domain

from ..common.hub_asking_mixin import TODO

BATCH = 100


class HubDiagnosis(models.Model):
    """A diagnosis is appraised again and again: somebody is told when it is time."""

    _inherit = "hub.diagnosis"

    @api.model
    def _cron_remind(self):
        """Once a day. Run again, or stopped half way, it tells nobody twice."""
        self._run_in_batches(
            lambda: self._remind_due(BATCH),
            lambda: self.search_count(self._domain_due()),
        )

    @api.model
    def _domain_due(self):
        """Shared, due, not told yet, and nobody has begun to look again."""
        return (
            Domain("state", "=", "shared")
            & Domain("next_review_on", "<=", self._today())
            & Domain("reminded_on", "=", False)
            & Domain("next_ids", "=", False)
        )

    @api.model
    def _remind_due(self, limit=None):
        due = self.search(self._domain_due(), limit=limit).try_lock_for_update()
        self._create_activities([one._prepare_reminder() for one in due])
        due._unguarded().reminded_on = self._today()
        return len(due)

    def _prepare_reminder(self):
        user = self._first_of_team(self.user_id, self.company_id)
        diagnosis = self.with_context(lang=user.lang)
        lines = [
            diagnosis.display_name,
            diagnosis.env._(
                "Bring together those who took part, and press “Look again”: the next"
                " version starts from what was found."
            ),
        ]
        summary = diagnosis.env._("Look at the diagnosis again")
        return self._prepare_activity_vals(self, TODO, user, summary, lines)
