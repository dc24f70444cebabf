from datetime import timedelta


class WalkChanges:
    """What may be done to a loan that runs; each says whether it happened."""

    def _change(self, loan, kind, **terms):
        self.env["hub.loan.change"]._propose(loan, kind, self.today, "Random", **terms)

    def early(self, loan):
        if loan.state != "disbursed":
            return False
        rest = float(loan._not_due())
        share = self.random.choice((1, self.random.random()))
        return self._change(
            loan,
            "early",
            principal=round(rest * share, 2),
            keep=self.random.choice(("term", "instalment")),
            until=self.random.choice(("day", "period")),
        )

    def respite(self, loan):
        if loan.state != "disbursed":
            return False
        return self._change(
            loan,
            "respite",
            months=self.random.randint(1, 4),
            scope=self.random.choice(("all", "late", "coming")),
            interest=self.random.choice(("waived", "paid", "deferred")),
        )

    def reschedule(self, loan):
        if loan.state != "disbursed":
            return False
        grace = self.random.choice((0, 0, 2))
        late = loan.instalment_ids.filtered("residual_amount")
        return self._change(
            loan,
            "reschedule",
            periods=self.random.randint(3, 40),
            first_due_date=(self.today + timedelta(days=20)).isoformat(),
            annual_rate=self.random.choice((0, 2, loan.annual_rate)),
            method=self.random.choice(("annuity", "constant_principal")),
            grace_periods=grace,
            grace_type=self.random.choice(("partial", "total")) if grace else "none",
            put_back=self.random.choice(([], late.ids)),
        )

    def call_guarantee(self, loan):
        open_ones = loan.guarantee_ids.filtered(lambda one: one.state == "active")
        if loan.state != "disbursed" or not open_ones:
            return False
        guarantee = open_ones[0]
        return self._change(
            loan,
            "guarantee",
            guarantee_id=guarantee.id,
            amount=guarantee._callable_amount(),
        )

    def share(self, _loan):
        guarantee = self._one(self.loans.guarantee_ids.filtered("called_amount"))
        return guarantee and guarantee.action_share()

    def waive(self, loan):
        scope = self.random.choice(("interest", "due", "coming"))
        most = loan._waivable(scope)
        if loan.state != "disbursed" or not most:
            return False
        return self._change(loan, "waiver", scope=scope, amount=self.amount(most))

    def doubtful(self, loan):
        if loan.state != "disbursed":
            return False
        return self._change(loan, "doubtful")

    def sound(self, loan):
        if not loan.is_doubtful or loan.state != "disbursed":
            return False
        return self._change(loan, "sound")

    def write_off(self, loan):
        if loan.state != "disbursed" or self.random.random() < 0.5:
            return False
        return self._change(loan, "write_off")

    def recover(self, _loan):
        loan = self._one(self.loans.filtered("claimed_amount"))
        if loan.state != "written_off":
            return False
        return self._change(loan, "recovery", amount=self.amount(loan.claimed_amount))
