import base64
import json
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..reports.test_print_engine import pdf_text, squeeze
from .common import LoanCommon


class AgreementMixin:
    """A loan that the committee agreed to, ready for its agreement."""

    @classmethod
    def _agreed(cls, **values):
        loan = cls._create_loan(
            purpose="Oven and first stock", annual_rate=3, fee_amount=60, **values
        )
        loan.action_submit()
        cls.env["hub.loan.decision"].create(
            {
                "loan_id": loan.id,
                "result": "conditions",
                "condition_ids": [Command.create({"name": "Lease signed"})],
            }
        ).action_record()
        loan.action_open_agreement()
        return loan

    @classmethod
    def _record(cls, agreement, signatures=None, **values):
        wizard = cls.env["hub.loan.sign.wizard"].create(
            {
                "agreement_id": agreement.id,
                "signed_on": date(2026, 1, 12),
                **values,
            }
        )
        if signatures is not None:
            wizard.signature_ids = signatures
        return wizard.action_confirm()


@tagged("post_install", "-at_install")
@freeze_time("2026-01-12")
class TestLoanAgreement(AgreementMixin, LoanCommon):
    """What the parties sign is kept, and only a signature of all signs the loan."""

    def _of(self, loan, role):
        return loan.agreement_id.signature_ids.filtered(lambda s: s.role == role)

    def test_hub_borrower_and_who_borrows_besides_sign(self):
        loan = self._agreed(co_borrower_ids=[Command.link(self.denis.id)])
        self.assertEqual(
            [(s.role, s.partner_id) for s in loan.agreement_id.signature_ids],
            [
                ("lender", self.company.partner_id),
                ("borrower", self.amina),
                ("co_borrower", self.denis),
            ],
        )

    def test_only_an_agreed_loan_gets_an_agreement(self):
        loan = self._create_loan()
        with self.assertRaisesRegex(UserError, "once the committee has agreed"):
            loan.action_open_agreement()

    def test_asking_again_opens_the_same_agreement(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        self.assertEqual(loan.action_open_agreement()["res_id"], agreement.id)
        self.assertEqual(len(loan.agreement_ids), 1)

    def test_the_first_signature_closes_the_text_and_keeps_its_file(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        self.assertFalse(agreement.frozen_hash)
        self._record(agreement, self._of(loan, "borrower"))
        self.assertEqual(agreement.state, "to_sign")
        self.assertEqual(loan.state, "approved", "the hub has not signed")
        content = agreement.frozen_json.encode()
        self.assertEqual(agreement.frozen_hash, agreement._fingerprint(content))
        kept = agreement.frozen_pdf_id.raw
        self.assertTrue(kept.startswith(b"%PDF"))
        self.assertTrue(agreement._is_signed_file(kept))
        self.assertFalse(agreement._is_signed_file(kept + b" "))
        for name, value in (("clauses", "<p>other</p>"), ("representative", "X")):
            with self.assertRaisesRegex(UserError, "has been signed"):
                agreement[name] = value
        with self.assertRaises(UserError):
            agreement.unlink()

    def test_the_text_says_all_that_binds(self):
        loan = self._agreed(co_borrower_ids=[Command.link(self.denis.id)])
        text = loan.agreement_id._content()
        self.assertEqual(text["amount"], 6000)
        self.assertEqual(text["amount_words"], "Six thousand euros")
        self.assertEqual(text["conditions"], ["Lease signed"])
        self.assertEqual(text["purpose"], "Oven and first stock")
        self.assertEqual(len(text["schedule"]), 36)
        principal = sum(line["principal"] for line in text["schedule"])
        self.assertAlmostEqual(principal, 6000, places=2)
        self.assertAlmostEqual(text["taeg"], loan.taeg, places=4)
        self.assertGreater(text["taeg"], text["teg"])
        self.assertGreater(text["teg"], 3)
        self.assertEqual(text["payouts"], [{"date": "2026-01-15", "amount": 6000}])

    def test_amounts_in_words_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        loan = self._create_loan(amount=4280.5)
        french = loan.with_context(lang="fr_FR")._amount_in_words(loan.amount)
        english = loan.with_context(lang="en_US")._amount_in_words(loan.amount)
        self.assertIn("uatre mille deux cent quatre-vingts", french)
        self.assertIn("cinquante", french)
        self.assertIn("our thousand, two hundred and eighty", english)

    def test_all_have_signed_and_so_the_loan_is(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        self._record(agreement, self._of(loan, "lender"))
        self._record(agreement)
        self.assertEqual((loan.state, agreement.state), ("signed", "signed"))
        self.assertEqual(set(agreement.signature_ids.mapped("answer")), {"yes"})
        schedule = json.loads(agreement.frozen_json)["schedule"]
        self.assertEqual(
            [line["amount"] for line in schedule],
            loan.instalment_ids.sorted("sequence").mapped("amount"),
        )

    def test_signed_by_all_asks_for_who_is_missing(self):
        loan = self._agreed()
        self._record(loan.agreement_id, self._of(loan, "lender"))
        with self.assertRaisesRegex(UserError, "not signed by all: Amina"):
            loan.action_sign()

    def test_without_our_document_a_loan_is_signed_as_before(self):
        loan = self._create_loan()
        self._sign(loan)
        self.assertEqual(loan.state, "signed")
        self.assertFalse(loan.agreement_id)

    def test_days_in_a_closed_text_do_not_move(self):
        loan = self._agreed()
        self._record(loan.agreement_id, self._of(loan, "borrower"))
        finance = loan.with_user(self._finance())
        with self.assertRaisesRegex(UserError, "being signed as it is"):
            finance.first_due_date = date(2026, 3, 1)
        with self.assertRaisesRegex(UserError, "being signed as it is"):
            finance.purpose = "Something else"
        finance.purpose = loan.purpose
        finance.agreement_id.action_take_back()
        finance.first_due_date = date(2026, 3, 1)

    def test_what_was_signed_is_what_is_paid_out(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        self._record(agreement, self._of(loan, "borrower"))
        loan.tranche_ids.date = date(2026, 1, 14)
        self._record(agreement)
        self.assertEqual(loan.state, "approved")
        self.assertIn("no longer what was signed", loan.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "no longer what was signed"):
            loan.action_sign()

    def test_taking_the_text_back_voids_signatures_and_says_so(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        borrower = self._of(loan, "borrower")
        key = borrower.access_token
        self._record(agreement, borrower)
        agreement.action_take_back()
        self.assertEqual(agreement.state, "draft")
        self.assertEqual(borrower.answer, "waiting")
        self.assertNotEqual(borrower.access_token, key, "old links no longer open")
        self.assertFalse(agreement.frozen_hash)
        self.assertIn("Amina", loan.message_ids[0].body)
        agreement.clauses = "<p>Something else</p>"
        self._record(agreement)
        with self.assertRaisesRegex(UserError, "rescheduled instead"):
            agreement.action_take_back()

    def test_a_loan_that_goes_back_has_no_valid_agreement(self):
        loan = self._agreed()
        agreement = loan.agreement_id
        self._record(agreement, self._of(loan, "borrower"))
        loan.action_back_to_committee()
        self.assertEqual(agreement.state, "void")
        self.assertFalse(loan.agreement_id)
        with self.assertRaisesRegex(UserError, "not to be signed now"):
            self._record(agreement, self._of(loan, "lender") or agreement.signature_ids)
        loan.action_approve()
        loan.action_open_agreement()
        self.assertEqual(len(loan.agreement_ids), 2)

    def test_a_lapsed_agreement_of_the_committee_is_not_signed(self):
        loan = self._agreed()
        loan._unguarded().valid_until = date(2026, 1, 1)
        with self.assertRaisesRegex(UserError, "valid until"):
            self._record(loan.agreement_id)

    def test_missing_accounts_keep_the_signatures(self):
        loan = self._agreed()
        with patch.object(
            type(loan), "_check_ready_for_entries", side_effect=UserError("no account")
        ):
            self._record(loan.agreement_id)
        self.assertEqual(loan.state, "approved")
        self.assertFalse(loan.agreement_id._missing())
        self.assertIn("no account", loan.message_ids[0].body)
        loan.action_sign()
        self.assertEqual(loan.agreement_id.state, "signed")

    def test_asking_writes_or_has_somebody_call(self):
        self.amina.email = "amina@example.org"
        loan = self._agreed(co_borrower_ids=[Command.link(self.denis.id)])
        before = self.env["mail.mail"].sudo().search([])
        loan.agreement_id.action_ask()
        mails = self.env["mail.mail"].sudo().search([]) - before
        self.assertEqual(mails.recipient_ids, self.amina)
        body = mails.body_html
        self.assertIn(self._of(loan, "borrower").access_token, body)
        self.assertNotIn(self._of(loan, "lender").access_token, body)
        self.assertFalse(mails.res_id, "nobody reads the link on the loan")
        call = self._of(loan, "co_borrower").activity_id
        self.assertIn("Denis", call.summary)
        self._record(loan.agreement_id)
        self.assertFalse(call.exists())

    def test_nothing_is_typed_in(self):
        loan = self._agreed()
        one = self._of(loan, "borrower")
        for record, vals in (
            (one, {"answer": "yes"}),
            (one, {"access_token": "known"}),
            (one, {"partner_id": self.denis.id}),
            (loan.agreement_id, {"state": "signed"}),
            (loan.agreement_id, {"frozen_hash": "0" * 64}),
        ):
            with self.assertRaises(UserError, msg=str(vals)):
                record.with_user(self._finance()).write(vals)

    def _finance(self):
        return self._user("loan_finance", "solidarity_hub.group_hub_finance")

    def test_a_scan_stays_with_the_loan(self):
        loan = self._agreed()
        form = Form(
            self.env["hub.loan.sign.wizard"].with_context(
                default_agreement_id=loan.agreement_id.id
            )
        )
        form.scan = base64.b64encode(b"%PDF scan")
        form.save().action_confirm()
        self.assertEqual(loan.state, "signed")
        kept = loan.message_ids.attachment_ids
        self.assertEqual(kept.raw, b"%PDF scan")

    def test_no_signature_before_its_day(self):
        loan = self._agreed()
        with self.assertRaisesRegex(UserError, "before it is given"):
            self._record(loan.agreement_id, signed_on=date(2026, 1, 13))

    def test_printed_in_the_language_of_the_borrower(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.amina.lang = "fr_FR"
        loan = self._agreed()
        self.assertEqual(loan.agreement_id.lang, "fr_FR")
        report = self.env["ir.actions.report"]
        content, _kind = report._render_qweb_pdf(
            "solidarity_hub.report_loan_agreement", loan.agreement_id.ids
        )
        text = squeeze(" ".join(pdf_text(content)))
        for part in ("Six mille euros", "TEG", "TAEG", "15 février 2026", "Amina"):
            self.assertIn(squeeze(part), text)
        self.assertIn(squeeze("Oven and first stock"), text)
