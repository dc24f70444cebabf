from odoo import api, fields, models

from ...reports.print_words import long_date

# What a borrower sees of his loans; what was refused or given up is talked about.
SHOWN = ("submitted", "approved", "signed", "disbursed", "repaid", "written_off")
PAID_OUT = ("disbursed", "repaid", "written_off")
REPORTS = {
    "agreement": "solidarity_hub.report_loan_agreement",
    "schedule": "solidarity_hub.report_loan_schedule",
    "statement": "solidarity_hub.report_loan_statement",
    "certificate": "solidarity_hub.report_loan_certificate",
}


class HubLoan(models.Model):
    """The page of a loan, for whoever borrows: named plain values only."""

    _inherit = "hub.loan"

    access_token = fields.Char(groups="solidarity_hub.group_hub_finance")
    portal_url = fields.Char(
        string="Link for the borrower",
        compute="_compute_portal_url",
        groups="solidarity_hub.group_hub_finance",
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("access_token")
    def _compute_portal_url(self):
        for loan in self:
            loan.portal_url = loan._link() if loan.id else False

    def _portal_path(self):
        return f"/my/hub/loan/{self._origin.id}"

    def _portal_opens(self, token, partner):
        """Whether this key, or this person who is logged in, opens the page."""
        self.ensure_one()
        loan = self.sudo()
        if loan.state not in SHOWN or not loan.active:
            return False
        mine = bool(partner) and partner in (loan.partner_id | loan.co_borrower_ids)
        return mine or self._token_opens(token)

    def _portal_row(self):
        """In short, for the personal page."""
        self.ensure_one()
        loan, money = self.sudo(), self.currency_id.format
        paid_out = loan.state in PAID_OUT
        waiting = loan.state in ("signed", "disbursed") and loan.next_due_date
        return {
            "number": loan.name,
            "title": loan.purpose or self.env._("Loan %(number)s", number=loan.name),
            "amount": money(loan.amount),
            "state": loan._portal_state(),
            "next_amount": money(loan.next_due_amount) if waiting else "",
            "next_date": long_date(self.env, loan.next_due_date) if waiting else "",
            "owed": money(loan.outstanding_amount) if paid_out else "",
            "paid": money(sum(loan.instalment_ids.mapped("paid_amount")))
            if paid_out
            else "",
            "late": loan._print_late() if loan.overdue_amount else "",
            "url": loan._portal_path() if loan._portal_documents() else "",
        }

    def _portal_state(self):
        """Where the loan stands, in the borrower's words."""
        words = {
            "submitted": self.env._("Your application is before the committee."),
            "approved": self.env._("Agreed to: the agreement is to be signed."),
            "signed": self.env._("Signed: the money is on its way."),
            "disbursed": self.env._("Running"),
            "repaid": self.env._("Wholly paid back. Thank you!"),
            "written_off": self.env._("Closed"),
        }
        return words[self.state]

    def _portal_values(self):
        """What the page of the loan shows."""
        self.ensure_one()
        loan, money = self.sudo(), self.currency_id.format
        lines = loan.instalment_ids.sorted("sequence")
        shown = loan.state in ("signed", *PAID_OUT)
        return {
            "loan": loan._portal_row(),
            "lines": [
                {
                    "number": line.sequence,
                    "date": long_date(self.env, line.date_maturity or line.due_date),
                    "amount": money(line.amount),
                    "state": loan._print_line_state(line),
                    "late": line.is_overdue,
                    "done": line.state in ("paid", "waived", "guaranteed"),
                }
                for line in (lines if shown else lines.browse())
            ],
            "documents": [
                {"label": label, "url": f"{loan._portal_path()}/{kind}"}
                for kind, label in loan._portal_documents()
            ],
            "contact": self.env["hub.portal"]._contacts(
                loan.user_id.partner_id or loan.company_id.partner_id
            )[0],
            "hub": self.env["hub.portal"]._contacts(loan.company_id.partner_id)[0],
        }

    def _portal_documents(self):
        """``[(kind, label)]`` of the files a borrower may take now."""
        self.ensure_one()
        found = []
        if self.sudo().agreement_id.state == "signed":
            found.append(("agreement", self.env._("Loan agreement")))
        if self.state in ("signed", *PAID_OUT):
            found.append(("schedule", self.env._("Schedule")))
        if self.state in PAID_OUT:
            found.append(("statement", self.env._("Statement of account")))
        if self.state == "repaid":
            found.append(("certificate", self.env._("Certificate: loan paid back")))
        return found

    def _portal_file(self, kind):
        """A file as bytes, with its kind and its name; nothing where it is not theirs.

        :param kind: one of :meth:`_portal_documents`
        """
        self.ensure_one()
        if kind not in dict(self._portal_documents()):
            return None
        loan = self.sudo()
        record = loan.agreement_id if kind == "agreement" else loan
        name = record._file_name() if kind == "agreement" else loan._print_file(kind)
        content, extension = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf(REPORTS[kind], record.ids)
        )
        return content, f"{name}.{extension}"


class HubLoanSignature(models.Model):
    """The page on which one person reads the agreement and signs, or says no."""

    _inherit = "hub.loan.signature"

    def _portal_values(self):
        self.ensure_one()
        one = self.sudo()
        agreement, loan = one.agreement_id, one.agreement_id.loan_id
        text = agreement._content()
        money, day = agreement._print_money, agreement._print_day
        return {
            "number": loan.name,
            "answer": one.answer,
            "signed": one._portal_thanks() if one.answer == "yes" else "",
            "is_open": one._portal_is_open(),
            "amount": money(text["amount"]),
            "amount_words": text["amount_words"],
            "purpose": text["purpose"],
            "terms": agreement._portal_terms(text),
            "cost": agreement._print_cost(text),
            "conditions": text["conditions"],
            "guarantees": text["guarantees"],
            "lines": [
                {
                    "number": line["sequence"],
                    "date": day(line["due_date"]),
                    "amount": money(line["amount"]),
                }
                for line in text["schedule"]
            ],
            "clauses": agreement._printed_clauses(text),
            "document_url": f"{one._portal_path()}/document",
            "hub": self.env["hub.portal"]._contacts(loan.company_id.partner_id)[0],
        }

    def _portal_thanks(self):
        return self.env._(
            "%(signed)s. Thank you, %(name)s!",
            signed=self._print_signed(),
            name=self.partner_id.name or "",
        )


class HubLoanAgreement(models.Model):
    _inherit = "hub.loan.agreement"

    def _portal_terms(self, content):
        """Interest, fee and rates, a line each."""
        fee = content["fee"] and self.env._(
            "Fee: %(fee)s", fee=self._print_fee(content)
        )
        lines = [
            self.env._("Interest: %(rate)s", rate=self._print_interest(content))
            if content["annual_rate"]
            else self._print_no_interest(),
            fee,
            self.env._("TEG: %(rate)s", rate=self._print_teg(content)),
            self.env._("TAEG: %(rate)s", rate=self._print_percent(content["taeg"])),
        ]
        return [line for line in lines if line]
