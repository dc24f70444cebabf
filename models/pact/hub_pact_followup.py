from odoo import api, fields, models
from odoo.fields import Domain

from ..common.hub_asking_mixin import TODO

BATCH = 200


class HubPact(models.Model):
    """What a daily job does: close, call to looks and renewals, follow commitments."""

    _inherit = "hub.pact"

    reminded_on = fields.Date(copy=False, readonly=True)
    renewal_asked_on = fields.Date(copy=False, readonly=True)

    @api.model
    def _cron_close_expired(self):
        """Close what is past its last day, and tell the team what comes up."""
        today = fields.Date.context_today(self)
        past = self._domain_past(today)
        expired = self.search(past, limit=BATCH).try_lock_for_update()
        for pact in expired:
            pact._close_past()
        self._remind_of_reviews(today)
        self._remind_of_renewals(today)
        self.env["hub.pact.commitment"]._remind_of_due(today)
        self.env["ir.cron"]._commit_progress(
            len(expired), remaining=self.search_count(past) if expired else 0
        )

    @api.model
    def _domain_past(self, today):
        return Domain("state", "=", "in_force") & (
            Domain("date_end", "<", today) | Domain("closed_on", "<=", today)
        )

    def _close_past(self):
        """Replaced on the day an amendment named, else expired."""
        self.ensure_one()
        if self.closed_on:
            self._close("replaced", self.closed_on)
        else:
            self._close("expired", fields.Date.add(self.date_end, days=1))

    @api.model
    def _remind_of_reviews(self, today):
        due = self.search(
            Domain("state", "=", "in_force") & Domain("next_review_on", "<=", today)
        ).filtered(lambda p: not p.reminded_on or p.reminded_on < p.next_review_on)
        due._unguarded().reminded_on = today
        for pact in due:
            pact.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=today,
                summary=self.env._("Look at the pact together"),
                user_id=(pact.user_id or self.env.user).id,
            )

    @api.model
    def _remind_of_renewals(self, today):
        """Some weeks before the last day: renew, amend, or let it end."""
        asking = self.env["hub.asking.mixin"]
        for company in (
            self.env["res.company"].sudo().search([("hub_active", "=", True)])
        ):
            latest = fields.Date.add(today, days=company.hub_renewal_days)
            due = self.search(
                Domain("state", "=", "in_force")
                & Domain("company_id", "=", company.id)
                & Domain("closed_on", "=", False)
                & Domain("date_end", "<=", latest)
                & Domain("renewal_asked_on", "=", False)
            ).filtered(lambda pact: not pact._unfinished_amendment())
            due._unguarded().renewal_asked_on = today
            asking._create_activities([pact._prepare_renewal_vals() for pact in due])

    def _prepare_renewal_vals(self):
        asking = self.env["hub.asking.mixin"]
        user = asking._first_of_team(self.user_id, self.company_id)
        told = self.with_context(lang=user.lang)
        return asking._prepare_activity_vals(
            self,
            TODO,
            user,
            told.env._(
                "Ends on %(date)s: renew it?", date=told._read_day(self.date_end)
            ),
            [
                told.env._(
                    "Look at it together with the parties, then press “Renew”, or let"
                    " it end."
                )
            ],
        )

    def _kinds_bound(self, day, without=None):
        """Kinds of the parties bound on a day, once somebody has gone."""
        bound = self.party_ids.filtered(lambda party: party._is_bound(day))
        return set((bound - without if without else bound).mapped("category"))

    def _call_for_lack_of_kinds(self, day):
        """Fewer than two kinds of parties are left: a pact is more than one side."""
        self.ensure_one()
        if len(self._kinds_bound(day)) > 1:
            return
        asking = self.env["hub.asking.mixin"]
        user = asking._first_of_team(self.user_id, self.company_id)
        told = self.with_context(lang=user.lang)
        asking._create_activities(
            [
                asking._prepare_activity_vals(
                    self.sudo(),
                    TODO,
                    user,
                    told.env._("Fewer than two kinds of parties are left"),
                    [
                        told.env._(
                            "Find somebody who joins, write an amendment, or end the"
                            " pact."
                        )
                    ],
                )
            ]
        )
