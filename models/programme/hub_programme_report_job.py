from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..common.hub_asking_mixin import TODO

BATCH = 50


class HubProgrammeReport(models.Model):
    """Whoever follows a programme is reminded in time, once for each report."""

    _inherit = "hub.programme.report"

    @api.model
    def _cron_remind(self):
        self._run_in_batches(
            self._remind, lambda: self.search_count(self._domain_due())
        )

    @api.model
    def _domain_due(self):
        """Reports whose reminder is due and that were not reminded of yet."""
        days = self.env["hub.programme"]._read_group(
            Domain("remind_days", ">", 0), ["remind_days"]
        )
        near = Domain.OR(
            Domain("programme_id.remind_days", "=", number)
            & Domain("due_on", "<=", f"today +{number}d")
            for (number,) in days
        )
        return (
            Domain("state", "!=", "sent")
            & Domain("reminded_on", "=", False)
            & Domain("programme_id.active", "=", True)
            & Domain("due_on", "!=", False)
            & (near if days else Domain.FALSE)
        )

    @api.model
    def _remind(self):
        reports = self.search(self._domain_due(), limit=BATCH, order="due_on, id")
        reports = reports.try_lock_for_update()
        self._create_activities([report._prepare_reminder() for report in reports])
        reports._unguarded().write({"reminded_on": self._today()})
        return len(reports)

    def _prepare_reminder(self):
        self.ensure_one()
        programme = self.programme_id
        user = self._first_of_team(programme.user_id, self.company_id)
        env = self.with_context(lang=user.lang or self.env.lang).env
        vals = self._prepare_activity_vals(
            programme,
            TODO,
            user,
            env._(
                "%(report)s is due on %(date)s",
                report=self.name,
                date=format_date(env, self.due_on),
            ),
            [env._("Compute the figures, look at what is missing, then send it.")],
        )
        return dict(vals, date_deadline=self.due_on)

    def _close_reminders(self):
        """What was to be done is done."""
        for report in self:
            others = report.programme_id.report_ids.filtered(
                lambda other: other.state != "sent" and other.reminded_on
            )
            if not others:
                report.programme_id.sudo().activity_ids.filtered(
                    lambda activity: activity.automated
                ).action_done()
