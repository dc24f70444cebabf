from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...reports.print_words import long_date

UNFINISHED = ("concertation", "draft", "to_sign")


class HubPact(models.Model):
    """Amendments and renewals: each text stays, the next one takes its place."""

    _inherit = "hub.pact"

    chain_ids = fields.Many2many(
        "hub.pact", compute="_compute_chain_ids", string="All versions"
    )
    in_force_on = fields.Date(
        compute="_compute_in_force_on",
        search="_search_in_force_on",
        help="To ask which text was in force on a day.",
    )

    @api.depends("parent_id", "amendment_ids")
    def _compute_chain_ids(self):
        for pact in self:
            pact.chain_ids = pact._origin._readable_chain()

    def _chain(self):
        """The texts that follow each other, from the first to the last."""
        first = self
        while first.parent_id:
            first = first.parent_id
        chain = latest = first
        while latest := latest.with_context(active_test=False).amendment_ids - chain:
            chain |= latest
        return chain.sorted(lambda pact: (pact.version, pact.id))

    def _readable_chain(self):
        """Those of the chain that the user may read."""
        return self.sudo()._chain().with_env(self.env)._filtered_access("read")

    def _compute_in_force_on(self):
        self.in_force_on = False

    def _search_in_force_on(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = [fields.Date.to_date(day) for day in value if day]
        return Domain.OR(self._domain_in_force_on(day) for day in days)

    def action_ask_day(self):
        """Ask which text was in force on a day."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which text was in force on..."),
            "res_model": "hub.pact.day.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pact_id": self[:1].id},
        }

    def _page_versions(self):
        """The chain as plain values: which text counted when."""
        chain = self.sudo()._chain()
        if len(chain) == 1:
            return []
        today = fields.Date.context_today(self)
        current = chain._in_force_on(today)
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "title": self.env._(
                    "%(number)s, version %(version)s",
                    number=pact.number,
                    version=pact.version,
                ),
                "version": pact.version,
                "state": states[pact.state],
                "period": pact.in_force_from
                and self.env._(
                    "from %(start)s to %(end)s",
                    start=long_date(self.env, pact.in_force_from),
                    end=long_date(self.env, pact._counted_until()),
                ),
                "is_current": pact in current,
                "is_this": pact == self,
            }
            for pact in chain
            if pact.in_force_from or pact == self
        ]

    def _counted_until(self):
        """Last day on which the text counted, or counts."""
        self.ensure_one()
        if not self.in_force_from:
            return False
        if not self.closed_on:
            return self.date_end
        return min(self.date_end, self.closed_on - relativedelta(days=1))

    # ------------------------------------------------------------
    # Amending and renewing
    # ------------------------------------------------------------

    def action_amend(self):
        """Write an amendment: a new text that all sign again."""
        self.ensure_one()
        self._check_can_be_followed()
        amendment = self._unfinished_amendment() or self._create_amendment()
        return amendment._get_records_action()

    def action_renew(self):
        """Prepare the next period: the same text, to be looked at and signed again."""
        self.ensure_one()
        self._check_can_be_followed()
        renewal = self._unfinished_amendment() or self._create_renewal()
        return renewal._get_records_action()

    def _check_can_be_followed(self):
        if self.state != "in_force":
            raise UserError(
                self.env._(
                    "%(name)s is not in force: change its text instead of amending it.",
                    name=self.display_name,
                )
            )

    def _unfinished_amendment(self):
        """The one that is being written: two at once would contradict each other."""
        return self.amendment_ids.filtered(lambda pact: pact.state in UNFINISHED)[:1]

    def _create_renewal(self):
        """A text of the same length, from the day after the last one."""
        lasted = relativedelta(self.date_end + relativedelta(days=1), self.date_start)
        start = self.date_end + relativedelta(days=1)
        own = self.with_context(lang=self.lang)
        return self._create_amendment(
            name=own.env._("Renewal of: %(name)s", name=self.name),
            date_start=start,
            date_end=start + lasted - relativedelta(days=1),
        )

    def _create_amendment(self, **values):
        own = self.with_context(lang=self.lang)
        amendment = self.copy(
            {
                "name": own.env._("Amendment to: %(name)s", name=self.name),
                "date_start": fields.Date.context_today(self),
                "date_end": self.date_end,
                "next_review_on": False,
                "joint_interview_on": False,
                "commitment_ids": False,
                **values,
            }
        )
        vals = {"parent_id": self.id, "version": self.version + 1}
        amendment._unguarded().write(vals)
        parties = {
            party: party.copy({"pact_id": amendment.id})
            for party in self._present_parties()
        }
        for line in self.commitment_ids:
            party = parties.get(line._carrier())
            line.copy(
                {
                    "pact_id": amendment.id,
                    "party_id": party and party.id,
                    "category": line.category,
                }
            )
        self.message_post(
            body=self.env._("Amendment begun: %(pact)s", pact=amendment.display_name)
        )
        return amendment

    def _replace_former(self):
        """The text before ends on the day on which this one begins."""
        today = fields.Date.context_today(self)
        for pact in self:
            before = pact.sudo().parent_id
            if before.state != "in_force":
                continue
            if pact.in_force_from <= today:
                before._close("replaced", pact.in_force_from)
            else:
                # the daily job closes it on that day; until then it counts
                before._unguarded().closed_on = pact.in_force_from
