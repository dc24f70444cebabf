from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HubContribution(models.Model):
    """What a contribution must respect, whoever writes it and by whatever way."""

    _inherit = "hub.contribution"

    warning = fields.Char(compute="_compute_warning", compute_sudo=True)

    @api.constrains(
        "instrument",
        "direct",
        "lead_id",
        "fund_id",
        "partner_id",
        "company_id",
        "amount",
        "amount_asked",
        "annual_rate",
        "asked_on",
        "granted_on",
        "refused_on",
        "date_end",
        "direct_amount",
        "direct_on",
    )
    def _check_sound(self):
        for one in self:
            problem = (
                one._place_problem()
                or one._amount_problem()
                or one._date_problem()
                or one._direct_problem()
            )
            one._raise_problem(problem)

    @api.constrains(
        "instrument",
        "partner_id",
        "fund_id",
        "granted_on",
        "annual_rate",
        "line_ids",
        "member_reason",
    )
    def _check_law(self):
        for one in self.filtered("granted_on"):
            one._raise_problem(one._lender_problem() or one._member_problem())

    def _raise_problem(self, problem):
        if problem:
            raise ValidationError(
                self.env._(
                    "%(contribution)s: %(problem)s",
                    contribution=self.display_name,
                    problem=problem,
                )
            )

    def _place_problem(self):
        """A fund, or one project: never money of unclear place."""
        if self.lead_id and not self.sudo().lead_id.is_hub_project:
            return self.env._("it goes to a project of the hub, not to a sale.")
        if self.direct:
            if not self.lead_id:
                return self.env._("say which project the funder pays himself.")
            if self.fund_id:
                return self.env._(
                    "what goes straight to a project passes through no fund: empty the"
                    " fund."
                )
            return None
        if self.lead_id and self.instrument != "guarantee":
            return self.env._(
                "money for one project either goes straight to it (tick “Paid to the"
                " project itself”), or to a fund of its own."
            )
        entrusted = self.instrument == "mandate"
        if entrusted != self.fund_id.is_mandate and (entrusted or self.fund_id):
            return self.env._(
                "money entrusted by another lender goes to a fund that is held for"
                " another lender, and no other money does."
            )
        return None

    def _amount_problem(self):
        compare = self.currency_id.compare_amounts
        low = min(self.amount, self.amount_asked, self.direct_amount, self.annual_rate)
        if low < 0:
            return self.env._("amounts and rates are not negative.")
        if self.granted_on and compare(self.amount, 0) <= 0:
            return self.env._("write the amount that is granted.")
        if self.annual_rate and not self.is_owed:
            return self.env._("only money that is owed bears interest: write 0.")
        called = sum(
            self.line_ids.filtered(
                lambda line: line.kind in ("call", "opening")
            ).mapped("principal")
        )
        if compare(called, self.amount) > 0:
            return self.env._(
                "%(called)s would be called of %(amount)s granted. Lower a call, or"
                " write the amount that is granted.",
                called=self.currency_id.format(called),
                amount=self.currency_id.format(self.amount),
            )
        return None

    def _date_problem(self):
        if self.granted_on and self.refused_on:
            return self.env._("it is either granted or refused: empty one of the days.")
        if self.asked_on and self.granted_on and self.granted_on < self.asked_on:
            return self.env._(
                "it is granted on %(granted)s, before it was asked for on %(asked)s.",
                granted=format_date(self.env, self.granted_on),
                asked=format_date(self.env, self.asked_on),
            )
        if self.date_end and self.granted_on and self.date_end < self.granted_on:
            return self.env._("it ends before the day on which it is granted.")
        return None

    def _direct_problem(self):
        if not self.direct and (self.direct_amount or self.direct_on):
            return self.env._(
                "only what goes straight to a project is noted as paid; other money is"
                " called, and received by a payment."
            )
        if bool(self.direct_amount) != bool(self.direct_on):
            return self.env._("write both what was paid to the project and when.")
        if self.direct and self.line_ids:
            return self.env._("what goes straight to a project is not called.")
        if self.instrument == "guarantee" and self.line_ids:
            return self.env._("a guarantee is not called before a loan needs it.")
        return None

    # ------------------------------------------------------------
    # The law of lending to an association
    # ------------------------------------------------------------

    def _lender_problem(self):
        """Private persons who lend to a body that lends: unpaid, and for long enough.

        By the dated limits of the legal basis of the fund.
        """
        rule = self._rule_of_lenders()
        if not rule or self.direct or self.instrument != "loan":
            return None
        if rule.funder_unpaid and (
            self.annual_rate or any(self.line_ids.mapped("interest"))
        ):
            return self.env._(
                "by “%(basis)s” a private person lends to the hub without interest."
                " Write a rate of 0.",
                basis=rule.basis_id.name,
            )
        first = min(self._returns().mapped("date"), default=None)
        least = fields.Date.add(self.granted_on, months=rule.funder_months_min)
        if first and first < least:
            return self.env._(
                "by “%(basis)s” a private person lends to the hub for %(months)s months"
                " at least: nothing is returned before %(least)s.",
                basis=rule.basis_id.name,
                months=rule.funder_months_min,
                least=format_date(self.env, least),
            )
        return None

    def _rule_of_lenders(self):
        """Limits in force when it was granted; none for organisations."""
        basis = self.fund_id.sudo().basis_id
        if self.partner_id.is_company or not basis:
            return None
        return basis._rule_on(self.granted_on)

    def _member_problem(self):
        if (
            self.instrument != "right_of_return"
            or self.direct
            or (self.member_reason or "").strip()
            or self.partner_id._hub_members_on(self.granted_on, self.company_id)
        ):
            return None
        return self.env._(
            "%(name)s is not known as a member of the hub on %(day)s, and a right of"
            " return is for members. Note the membership (or a role) first, or write"
            " why it is agreed all the same.",
            name=self.partner_id.display_name,
            day=format_date(self.env, self.granted_on),
        )

    def _returns(self):
        return self.line_ids.filtered(lambda line: line.kind == "return")

    @api.depends(
        "instrument", "amount", "granted_on", "line_ids.principal", "line_ids.kind"
    )
    def _compute_warning(self):
        for one in self:
            one.warning = one._warning_text()

    def _warning_text(self):
        """What is not wrong, and should not be forgotten."""
        if self.instrument == "mandate":
            return self.env._(
                "This money is not the hub's: neither are the loans made with it. Use a"
                " kind of loan whose accounts say so."
            )
        if self.instrument != "loan" or self.direct or not self.granted_on:
            return False
        planned = sum(self._returns().mapped("principal"))
        if self.currency_id.compare_amounts(planned, self.amount) < 0:
            return self.env._(
                "%(amount)s to be returned without a date: plan the returns, so that"
                " the forecast of the fund is true.",
                amount=self.currency_id.format(self.amount - planned),
            )
        return False
