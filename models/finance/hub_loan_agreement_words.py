from markupsafe import Markup

from odoo import fields, models
from odoo.tools import formatLang

from ...reports.print_words import long_date
from .hub_loan_agreement_text import RATE_DIGITS


class HubLoanAgreement(models.Model):
    """Whole sentences for the agreement: fragments do not translate."""

    _inherit = "hub.loan.agreement"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.lang

    def _file_name(self):
        self.ensure_one()
        name = self.with_context(lang=self.lang).display_name
        return name.replace("/", "-")

    def _print_reference(self):
        """Foot of each page: which text this is."""
        parts = [
            self.loan_id.name,
            self.company_id.name,
            self.frozen_hash and f"SHA-256 {self.frozen_hash}",
        ]
        return " · ".join(filter(None, parts))

    def _print_watermark(self):
        if self.state == "void":
            return self.env._("NO LONGER VALID")
        return False if self.frozen_on else self.env._("DRAFT")

    def _print_fingerprint(self):
        return self.frozen_hash and self.env._(
            "Text closed on %(date)s. Fingerprint (SHA-256): %(hash)s",
            date=long_date(self.env, fields.Date.context_today(self, self.frozen_on)),
            hash=self.frozen_hash,
        )

    def _print_money(self, amount):
        return self.loan_id.currency_id.format(amount)

    def _print_day(self, day):
        return long_date(self.env, fields.Date.to_date(day))

    def _print_percent(self, rate, digits=2):
        return self.env._("%(rate)s%%", rate=formatLang(self.env, rate, digits=digits))

    def _printed_clauses(self, content):
        """The conditions as the field of the agreement has sanitized them."""
        return Markup(content["clauses"])

    def _print_payout(self, part):
        return self.env._(
            "%(amount)s on %(date)s",
            amount=self._print_money(part["amount"]),
            date=self._print_day(part["date"]),
        )

    def _print_interest(self, content):
        if not content["annual_rate"]:
            return self._print_no_interest()
        return self.env._(
            "%(rate)s a year, fixed (%(method)s)",
            rate=self._print_percent(content["annual_rate"]),
            method=content["method"].lower(),
        )

    def _print_no_interest(self):
        return self.env._("The loan bears no interest.")

    def _print_fee(self, content):
        amount = self._print_money(content["fee"])
        if content["fee_withheld"]:
            return self.env._("%(fee)s, kept back from the payment out", fee=amount)
        return self.env._("%(fee)s, paid apart by the borrower", fee=amount)

    def _print_teg(self, content):
        """The rate and, as the law asks, that of one period with its length."""
        rates = {
            "rate": self._print_percent(content["teg"]),
            "period": self._print_percent(content["period_rate"], RATE_DIGITS),
        }
        if content["period_months"] == 1:
            return self.env._("%(rate)s a year; %(period)s for one month", **rates)
        return self.env._(
            "%(rate)s a year; %(period)s for a period of %(months)s months",
            months=content["period_months"],
            **rates,
        )

    def _print_cost(self, content):
        """What the loan costs in all: interest and fee."""
        interest = sum(line["interest"] for line in content["schedule"])
        return self.env._(
            "Total cost of the loan: %(cost)s (interest %(interest)s, fee %(fee)s)."
            " Paid back in all: %(total)s.",
            cost=self._print_money(interest + content["fee"]),
            interest=self._print_money(interest),
            fee=self._print_money(content["fee"]),
            total=self._print_money(
                sum(line["amount"] for line in content["schedule"])
            ),
        )

    def _usual_clauses(self):
        """The conditions a solidarity loan usually has, to be changed where needed."""
        env = self.with_context(lang=self.lang).env
        jointly = env._(
            "Each of the borrowers is bound for the whole amount (jointly and"
            " severally)."
        )
        items = [
            env._(
                "The money is used for the purpose named above. The borrower tells the"
                " hub when the project changes."
            ),
            env._(
                "Each instalment is paid on its date, by standing order or transfer to"
                " the account of the hub."
            ),
            env._(
                "The borrower may pay back earlier, all or a part, at any time and"
                " without a penalty."
            ),
            env._(
                "Whoever cannot pay on the date calls before it: hub and borrower look"
                " for another schedule together. No interest is charged for being late."
            ),
            env._(
                "When three instalments are unpaid, and after a written reminder and"
                " the offer of a meeting, the hub may ask for all that is still owed."
            ),
            *([jointly] if self.loan_id.co_borrower_ids else []),
            env._(
                "The hub keeps the data that this agreement needs, for as long as the"
                " law asks for; each person may see and correct hers."
            ),
        ]
        return Markup("<ol>%s</ol>") % Markup().join(
            Markup("<li>%s</li>") % item for item in items
        )
