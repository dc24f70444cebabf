from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.person_words import read_words
from ...tools.skill_cells import normalise

METHOD_WORDS = {
    "annuity": "échéances constantes, mensualités constantes, annuité",
    "constant_principal": "capital constant",
    "in_fine": "in fine",
}
RATES = ("annual_rate", "takeover_taeg", "takeover_teg")
SCHEDULE = (
    "instalment_ids/due_date",
    "instalment_ids/principal",
    "instalment_ids/interest",
)


class HubLoan(models.Model):
    """What is wrong with a line of loans to take over, in a sentence for each."""

    _inherit = "hub.loan"

    @api.model
    def _takeover_accounts_problem(self):
        company = self.env.company
        if all(company._hub_account(role) for role in ("loan", "due", "interest")):
            return None
        return self.env._(
            "Choose the accounts of loans first (Solidarity finance, Configuration,"
            " Accounts of loans): their balances are compared with the loans."
        )

    @api.model
    def _takeover_references(self, groups):
        """Numbers that loans have already, and those of the file as they are met."""
        names = [group.text("takeover_reference") for group in groups]
        known = self.with_context(active_test=False).search(
            [
                ("company_id", "=", self.env.company.id),
                ("takeover_reference", "in", names),
            ]
        )
        return set(known.mapped("takeover_reference"))

    def _takeover_known_problem(self, group, seen):
        number = group.text("takeover_reference")
        if number in seen:
            return self.env._(
                "a loan with this number was taken over already, or stands twice in the"
                " file."
            )
        seen.add(number)
        return None

    @api.model
    def _takeover_people(self, groups):
        """``{name: people}`` of the borrowers, whatever capitals and accents."""
        names = {normalise(group.text("partner_id")) for group in groups}
        company = self.env.company
        people = self.env["res.partner"].search_fetch(
            [("company_id", "in", (False, company.id)), ("name", "!=", False)],
            ["name"],
        )
        found = {}
        for person in people:
            if (key := normalise(person.name)) in names:
                found[key] = found.get(key, person.browse()) | person
        return found

    def _takeover_party_problem(self, group, people):
        name = group.text("partner_id")
        found = people.get(normalise(name), self.env["res.partner"])
        if not name or not found:
            return self.env._(
                "no contact is called “%(name)s”: add the borrower first, or write the"
                " name as it is there.",
                name=name,
            )
        if len(found) > 1:
            return self.env._(
                "several contacts are called “%(name)s”: merge them, or make their"
                " names differ.",
                name=name,
            )
        product = group.text("product_id")
        if product and not self._takeover_product(product):
            return self.env._(
                "no kind of loan is called “%(name)s”: see Solidarity finance,"
                " Configuration, or leave the cell empty.",
                name=product,
            )
        method = group.text("method")
        if method and not read_words(method, self._takeover_methods())[0]:
            return self.env._(
                "“%(word)s” is no way to pay back that is known here.", word=method
            )
        return None

    @api.model
    def _takeover_product(self, name):
        products = self.env["hub.loan.product"].search(
            [("company_id", "=", self.env.company.id)]
        )
        key = normalise(name)
        return products.filtered(lambda one: normalise(one.name) == key)[:1]

    @api.model
    def _takeover_methods(self):
        labels = self._fields["method"]._description_selection(self.env)
        return {code: f"{METHOD_WORDS[code]}, {label}" for code, label in labels}

    def _takeover_date_problem(self, group):
        day, out = group.day("takeover_date"), group.day("disbursement_date")
        if not day or not out:
            return self.env._(
                "write the day of the take-over and the day on which the loan was paid"
                " out, as dates."
            )
        if day > fields.Date.context_today(self):
            return self.env._(
                "loans are taken over as they stood: %(date)s is still to come.",
                date=format_date(self.env, day),
            )
        if out > day:
            return self.env._(
                "it was paid out on %(out)s, after the take-over of %(date)s.",
                out=format_date(self.env, out),
                date=format_date(self.env, day),
            )
        return self._takeover_late_problem(group, day)

    def _takeover_late_problem(self, group, day):
        late, since = group.amount("takeover_late"), group.day("takeover_late_since")
        interest = group.amount("takeover_late_interest")
        if late is None or late < 0 or interest is None or not 0 <= interest <= late:
            return self.env._(
                "what is unpaid is not negative, and interest is a part of it."
            )
        if late and not since:
            return self.env._("say since when something is unpaid.")
        if since and since > day:
            return self.env._(
                "what becomes due after the take-over is not unpaid (%(date)s).",
                date=format_date(self.env, since),
            )
        return None

    def _takeover_amount_problem(self, group):
        amount, balance = group.amount("amount"), group.amount("takeover_balance")
        rates = [group.number(name) for name in RATES]
        money = self.env.company.currency_id.format
        if not amount or amount < 0:
            return self.env._("the amount lent is above zero.")
        if balance is None or balance < 0:
            return self.env._("the principal that is not due is not negative.")
        if None in rates or not all(0 <= rate <= 100 for rate in rates):
            return self.env._("a rate lies between 0 and 100 %.")
        late = group.amount("takeover_late") - group.amount("takeover_late_interest")
        if balance + late > amount:
            return self.env._(
                "%(left)s are still to be paid back, more than the %(amount)s lent.",
                left=money(float(balance + late)),
                amount=money(float(amount)),
            )
        if not balance and not late:
            return self.env._(
                "nothing is left to be paid back: only running loans are taken over."
            )
        return None

    def _takeover_lines_problem(self, group):
        balance, day = group.amount("takeover_balance"), group.day("takeover_date")
        if not group.lines:
            first, count = group.day("first_due_date"), group.count("periods")
            if balance and (not first or first <= day or not count or count < 1):
                return self.env._(
                    "write how many instalments are left and the next due date, after"
                    " the take-over; or the remaining schedule, line by line."
                )
            if group.count("period_months", 1) not in range(1, 13):
                return self.env._("an instalment stands for 1 to 12 months.")
            return None
        last, total = day, 0
        for line in group.lines:
            due = line.day(SCHEDULE[0])
            parts = [line.amount(name) for name in SCHEDULE[1:]]
            if not due or due <= last or None in parts or min(parts) < 0:
                return self.env._(
                    "line %(line)s of its schedule needs a date after the line before"
                    " (and after the take-over), principal and interest that are not"
                    " negative.",
                    line=line.line,
                )
            last, total = due, total + parts[0]
        if total != balance:
            money = self.env.company.currency_id.format
            return self.env._(
                "the principal of its schedule makes %(total)s, but %(balance)s are not"
                " due.",
                total=money(float(total)),
                balance=money(float(balance)),
            )
        return None
