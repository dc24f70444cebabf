from odoo import api, models

from ...tools.person_words import read_words
from ...tools.skill_cells import normalise
from ...tools.takeover import group_rows
from ..common.hub_guard_mixin import OPEN
from .hub_loan_takeover_problems import RATES, SCHEDULE

HEADERS = {
    "takeover_reference": "numéro, n°, référence, ancien numéro, numéro du prêt,"
    " reference, number, former number",
    "takeover_date": "repris le, date de reprise, taken over on, take-over date",
    "partner_id": "emprunteur, emprunteuse, nom, borrower",
    "product_id": "type de prêt, produit, kind of loan, product",
    "purpose": "objet, pour quoi, purpose",
    "amount": "montant, montant prêté, capital prêté, amount, amount lent",
    "disbursement_date": "débloqué le, date de déblocage, versé le, paid out on",
    "annual_rate": "taux, taux annuel, rate, annual rate",
    "method": "mode de remboursement, méthode, method",
    "period_months": "périodicité, mois par échéance, months between",
    "periods": "échéances restantes, nombre d'échéances restantes, instalments left",
    "first_due_date": "prochaine échéance, prochaine échéance le, next due",
    "takeover_balance": "capital restant dû, capital non échu, restant dû,"
    " principal left, still to pay back",
    "takeover_late": "impayé, échu impayé, impayés, unpaid",
    "takeover_late_interest": "dont intérêts impayés, intérêts impayés,"
    " unpaid interest",
    "takeover_late_since": "impayé depuis, impayé depuis le, unpaid since",
    "takeover_taeg": "taeg, taeg de la convention, apr",
    "takeover_teg": "teg, teg de la convention",
    "instalment_ids/due_date": "échéance, échéance le, date d'échéance, due on",
    "instalment_ids/principal": "capital, capital de l'échéance, principal",
    "instalment_ids/interest": "intérêts, intérêts de l'échéance, interest",
}


class HubLoan(models.Model):
    """Running loans taken over from a spreadsheet, by Odoo's own import screen.

    One line for each loan as it stood on the day; the lines below it that have no
    number may say its remaining schedule. All or nothing.
    """

    _name = "hub.loan"
    _inherit = ["hub.loan", "hub.import.mixin"]
    _hub_import_headings = HEADERS

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Template for running loans to take over"),
                "template": self.env._("/solidarity_hub/static/xls/loans.xlsx"),
            }
        ]

    @api.model
    def load(self, fields, data):
        if "takeover_reference" not in fields:
            return super().load(fields, data)
        return super(HubLoan, self.with_context(hub_takeover=OPEN)).load(fields, data)

    def _load_records_create(self, vals_list):
        taking_over = self.env.context.get("hub_takeover") is OPEN
        loans = self._unguarded() if taking_over else self
        return super(HubLoan, loans)._load_records_create(vals_list)

    @api.model
    def _hub_import_columns(self):
        return {"takeover_reference"}

    # ------------------------------------------------------------
    # What must be put right first
    # ------------------------------------------------------------

    @api.model
    def _hub_import_errors(self, rows):
        unknown = sorted({name for row in rows for name in row} - set(HEADERS))
        if unknown:
            return [
                self.env._(
                    "These columns do not belong to a take-over of loans: %(columns)s.",
                    columns=", ".join(unknown),
                )
            ]
        if problem := self._takeover_accounts_problem():
            return [problem]
        groups, orphans = group_rows(rows, "takeover_reference", SCHEDULE)
        errors = [
            self.env._(
                "Line %(line)s: write the former number of the loan, or a due date of"
                " the loan above.",
                line=line,
            )
            for line in orphans
        ]
        seen = self._takeover_references(groups)
        people = self._takeover_people(groups)
        for group in groups:
            problem = (
                self._takeover_known_problem(group, seen)
                or self._takeover_party_problem(group, people)
                or self._takeover_date_problem(group)
                or self._takeover_amount_problem(group)
                or self._takeover_lines_problem(group)
            )
            if problem:
                errors.append(
                    self.env._(
                        "Line %(line)s (%(number)s): %(problem)s",
                        line=group.line,
                        number=group.text("takeover_reference") or "?",
                        problem=problem,
                    )
                )
        return errors

    # ------------------------------------------------------------
    # Lines ready for Odoo
    # ------------------------------------------------------------

    @api.model
    def _hub_import_prepare(self, rows):
        groups, _orphans = group_rows(rows, "takeover_reference", SCHEDULE)
        people = self._takeover_people(groups)
        ready = [self._takeover_row(group, people) for group in groups]

        def take_over(loans):
            for loan, group in zip(loans, groups, strict=True):
                loan._take_over(group.schedule(SCHEDULE))
            self.env["hub.loan.instalment"]._match_opening()
            loans.invalidate_recordset()

        return ready, take_over

    @api.model
    def _takeover_row(self, group, people):
        product = self._takeover_product(group.text("product_id") or "")
        methods = read_words(group.text("method"), self._takeover_methods())[0]
        day = group.day("takeover_date")
        lines = group.schedule(SCHEDULE)
        first = lines[0][0] if lines else group.day("first_due_date") or day
        texts = ("takeover_reference", "purpose")
        amounts = (
            "amount",
            "takeover_balance",
            "takeover_late",
            "takeover_late_interest",
        )
        return {
            **{name: group.text(name) for name in texts},
            **{name: str(group.amount(name)) for name in amounts},
            **{name: str(group.number(name)) for name in RATES},
            "takeover_late_since": str(group.day("takeover_late_since") or ""),
            "takeover_date": str(day),
            "disbursement_date": str(group.day("disbursement_date")),
            "first_due_date": str(first),
            "periods": str(len(lines) or group.count("periods") or 1),
            "period_months": str(group.count("period_months", 1)),
            "partner_id/.id": str(people[normalise(group.text("partner_id"))].id),
            "product_id/.id": str(product.id or ""),
            "method": methods[0] if methods else "annuity",
            "grace_periods": "0",
            "grace_type": "none",
            "grace_position": "inside",
            "fee_amount": "0",
            "fee_mode": "withheld",
        }
