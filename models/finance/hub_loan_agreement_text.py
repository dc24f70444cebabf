import json

from odoo import models

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
