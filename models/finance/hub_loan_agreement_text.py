import json
import logging

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...reports.print_words import long_date

_logger = logging.getLogger(__name__)

RATE_DIGITS = 4
# What may not have changed between the signatures and the payment out.
BINDING = (
    "amount",
    "annual_rate",
    "period_months",
    "fee",
    "fee_withheld",
    "purpose",
    "payouts",
    "schedule",
)


class HubLoanAgreement(models.Model):
    """What the agreement says: worked out from the loan once, then kept as signed.

    The document is printed from the kept content alone, so that it never changes.
    """

    _inherit = "hub.loan.agreement"

    def _frozen_fields(self):
        return {"loan_id", "lang", "representative", "clauses"}

    def _frozen_payload(self):
        """Plain values in the language of the agreement."""
        self.ensure_one()
        agreement = self.with_context(lang=self.lang)
        loan = agreement.loan_id.sudo()
        return {
            "number": loan.name,
            "lang": self.lang,
            "hub": loan.company_id.name,
            "currency": loan.currency_id.name,
            "amount": loan.amount,
            "amount_words": loan._amount_in_words(loan.amount),
            "purpose": loan.purpose or "",
            "project": loan.lead_title or "",
            "parties": [one._frozen_values() for one in agreement.signature_ids],
            "legal_basis": loan.basis_id.name or "",
            "method": loan._method_label(),
            "annual_rate": loan.annual_rate,
            "taeg": round(loan.taeg, RATE_DIGITS),
            "teg": round(loan.teg, RATE_DIGITS),
            "period_rate": round(loan.teg * loan.period_months / 12, RATE_DIGITS),
            "period_months": loan.period_months,
            "fee": loan.fee_amount,
            "fee_withheld": loan.fee_mode == "withheld",
            "payouts": loan._agreed_payouts(),
            "schedule": loan._agreed_lines(),
            "conditions": loan.condition_ids.mapped("name"),
            "guarantees": loan._guarantee_words(),
            "clauses": str(agreement.clauses or ""),
        }

    def _content(self):
        """What is printed and shown: what was kept, or what would be kept now."""
        self.ensure_one()
        agreement = self.sudo()
        content = agreement.frozen_json or agreement._canonical_json(
            agreement._frozen_payload()
        )
        return json.loads(content)

    def _still_says(self):
        """Whether the loan is still what was signed, by the same people.

        A name put right, an address that changed, contacts merged: none of them
        changes what the parties are bound to.
        """
        self.ensure_one()
        kept, now = json.loads(self.frozen_json), self._frozen_payload()
        now = json.loads(self._canonical_json(now))
        loan = self.loan_id
        people = loan.company_id.partner_id | loan.partner_id | loan.co_borrower_ids
        return self.signature_ids.partner_id == people and all(
            kept[name] == now[name] for name in BINDING
        )

    def _keep_document(self):
        """Keep the very file that the parties sign; a signature is not lost because
        the server cannot print."""
        self.ensure_one()
        try:
            content, kind = (
                self.env["ir.actions.report"]
                .sudo()
                ._render_qweb_pdf("solidarity_hub.report_loan_agreement", self.ids)
            )
        except UserError as error:
            _logger.info("%s closed without its document: %s", self.id, error)
            return
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self._file_name()}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": "frozen_pdf_id",
                }
            )
        )
        self._set_frozen_pdf(attachment)

    def _portal_text(self):
        """The text with the signatures given so far, and its name, for who signs."""
        self.ensure_one()
        agreement = self.sudo()
        if agreement.state not in ("to_sign", "signed"):
            return None
        content, kind = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("solidarity_hub.report_loan_agreement", agreement.ids)
        )
        return content, f"{agreement._file_name()}.{kind}"

    def _is_signed_file(self, content):
        """Whether these bytes are the very document that was signed."""
        self.ensure_one()
        signed = self.sudo().frozen_pdf_id.raw
        return bool(signed) and self._fingerprint(signed) == self._fingerprint(content)

    # ------------------------------------------------------------
    # Words of the document
    # ------------------------------------------------------------

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
        return f"{formatLang(self.env, rate, digits=digits)} %"

    def _printed_clauses(self, content):
        """The conditions as the field of the agreement has sanitized them."""
        return Markup(content["clauses"])

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
