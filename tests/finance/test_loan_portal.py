from html import unescape

from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import LoanMixin
from .test_loan_agreement import AgreementMixin


@tagged("post_install", "-at_install")
class TestLoanPortal(AgreementMixin, LoanMixin, HubUsersMixin, HttpCase):
    """A borrower follows his loan and signs; nobody sees another person's loan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.amina.write({"street": "1 hidden street", "email": "amina@example.org"})
        cls.denis.write({"street": "2 hidden street"})
        with freeze_time("2026-01-15"):
            cls.loan = cls._disburse(
                cls._create_loan(
                    purpose="Oven",
                    instruction="<p>told in confidence</p>",
                    grace_periods=0,
                )
            )
            cls.other = cls._disburse(
                cls._create_loan(partner_id=cls.denis.id, purpose="Secret silo")
            )
        cls.user, cls.stranger = (
            new_test_user(
                cls.env,
                login=login,
                groups="base.group_portal",
                partner_id=partner.id,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for login, partner in (
                ("amina_portal", cls.amina),
                ("denis_portal", cls.denis),
            )
        )

    def _path(self, loan=None):
        return f"/my/hub/loan/{(loan or self.loan).id}"

    def _page(self, path):
        return unescape(self.url_open(path).text).replace("\xa0", " ")

    def test_the_personal_page_tells_of_my_loan_alone(self):
        self.authenticate("amina_portal", "amina_portal")
        page = self._page("/my/hub")
        for part in ("My loan", "Oven", self.loan.name, "Next to pay"):
            self.assertIn(part, page)
        for part in (
            "Secret silo",
            self.other.name,
            "told in confidence",
            "hidden street",
        ):
            self.assertNotIn(part, page)
        self.assertNotIn(self.loan.access_token, page)

    def test_the_page_of_a_loan_names_what_it_may(self):
        self.authenticate("amina_portal", "amina_portal")
        page = self._page(self._path())
        for part in ("Oven", "Schedule", "Statement of account", "166.67"):
            self.assertIn(part, page)
        for part in ("hidden street", "told in confidence", self.loan.access_token):
            self.assertNotIn(part, page)
        self.assertNotIn("Certificate", page)

    def test_who_borrows_besides_sees_it_too(self):
        self.loan._unguarded().co_borrower_ids = self.denis
        self.authenticate("denis_portal", "denis_portal")
        self.assertEqual(self.url_open(self._path()).status_code, 200)

    def test_the_link_opens_without_a_password(self):
        page = self.url_open(f"{self._path()}?access_token={self.loan.access_token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Oven", page.text)

    @mute_logger("odoo.http")
    def test_a_wrong_key_tells_nothing(self):
        wrong = (
            "",
            "clé",
            self.other.access_token,
            "\0" + self.loan.access_token,
            self.loan.access_token[:-1],
        )
        for token in wrong:
            for path in (self._path(), f"{self._path()}/statement"):
                answer = self.url_open(f"{path}?access_token={token}")
                self.assertEqual(answer.status_code, 404, (path, token))
                self.assertNotIn("Oven", answer.text)
        missing = self.url_open(f"/my/hub/loan/0?access_token={self.loan.access_token}")
        self.assertEqual(missing.status_code, 404)

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        self.authenticate("denis_portal", "denis_portal")
        for path in (self._path(), f"{self._path()}/schedule"):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn("Oven", answer.text)

    @mute_logger("odoo.http")
    def test_a_refused_loan_is_talked_about_not_shown(self):
        loan = self._create_loan(purpose="Refused thing")
        loan.action_submit()
        loan.action_refuse("Too early")
        answer = self.url_open(f"{self._path(loan)}?access_token={loan.access_token}")
        self.assertEqual(answer.status_code, 404)
        self.authenticate("amina_portal", "amina_portal")
        self.assertNotIn("Refused thing", self._page("/my/hub"))

    @mute_logger("odoo.http")
    def test_documents_are_given_when_they_are_due(self):
        self.authenticate("amina_portal", "amina_portal")
        for kind in ("schedule", "statement"):
            answer = self.url_open(f"{self._path()}/{kind}")
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(b"%PDF"))
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        for kind in ("certificate", "agreement", "instruction", "../schedule"):
            self.assertEqual(self.url_open(f"{self._path()}/{kind}").status_code, 404)

    def test_in_the_language_of_the_borrower(self):
        self.amina.lang = "fr_FR"
        page = self.url_open(f"{self._path()}?access_token={self.loan.access_token}")
        self.assertIn("15 février 2026", page.text)

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def _asked(self, **values):
        loan = self._agreed(
            disbursement_date="2030-01-15", first_due_date="2030-02-15", **values
        )
        loan.agreement_id.action_ask()
        signatures = loan.agreement_id.signature_ids
        return loan, signatures.filtered(lambda one: one.role == "borrower")

    def _answer(self, one, token=None, **values):
        page = self.url_open(f"{one._portal_path()}?access_token={one.access_token}")
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{one._portal_path()}/answer",
            data={
                "csrf_token": csrf,
                "access_token": one.access_token if token is None else token,
                **values,
            },
        )

    def test_signed_by_link(self):
        loan, one = self._asked()
        page = self._page(f"{one._portal_path()}?access_token={one.access_token}")
        for part in ("Six thousand euros", "TAEG", "Lease signed", "Oven and first"):
            self.assertIn(part, page)
        self.assertNotIn("hidden street", page)
        self._answer(one, answer="yes", name=" ")
        self.assertEqual(one.answer, "waiting")
        self._answer(one, answer="yes", name="Amina B.")
        self.env.invalidate_all()
        self.assertEqual(
            (one.answer, one.answer_channel, one.signed_name),
            ("yes", "portal", "Amina B."),
        )
        self.assertFalse(one.recorded_by_id)
        self.assertEqual(loan.state, "approved", "the hub still has to sign")
        self._record(loan.agreement_id, signed_on=loan.decided_on)
        self.assertEqual(loan.state, "signed")

    def test_the_last_signature_by_link_signs_the_loan(self):
        loan, one = self._asked()
        lender = loan.agreement_id.signature_ids - one
        self._record(loan.agreement_id, lender, signed_on=loan.decided_on)
        self._answer(one, answer="yes", name="Amina")
        self.env.invalidate_all()
        self.assertEqual(loan.state, "signed")
        document = self.url_open(
            f"{one._portal_path()}/document?access_token={one.access_token}"
        )
        self.assertTrue(document.content.startswith(b"%PDF"))

    def test_a_no_is_noted_and_may_become_a_yes(self):
        loan, one = self._asked()
        self._answer(one, answer="no", reason="The rate")
        self.env.invalidate_all()
        self.assertEqual((one.answer, one.answer_reason), ("no", "The rate"))
        self.assertIn("The rate", loan.message_ids[0].body)
        self._answer(one, answer="yes", name="Amina")
        self.env.invalidate_all()
        self.assertEqual(one.answer, "yes")

    @mute_logger("odoo.http")
    def test_nobody_signs_for_another(self):
        loan, one = self._asked()
        lender = loan.agreement_id.signature_ids - one
        for token in ("", "x", lender.access_token, loan.access_token):
            self.assertEqual(
                self._answer(one, token, answer="yes", name="X").status_code, 404
            )
        self.assertEqual(self._answer(one, answer="signed", name="X").status_code, 404)
        for token in (one.access_token, lender.access_token):
            path = f"{lender._portal_path()}?access_token={token}"
            self.assertEqual(self.url_open(path).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(
            loan.agreement_id.signature_ids.mapped("answer"), ["waiting"] * 2
        )

    @mute_logger("odoo.http")
    def test_a_text_that_was_taken_back_opens_no_more(self):
        loan, one = self._asked()
        old = f"{one._portal_path()}?access_token={one.access_token}"
        loan.agreement_id.action_take_back()
        self.assertEqual(self.url_open(old).status_code, 404)
        new = f"{one._portal_path()}?access_token={one.access_token}"
        self.assertEqual(self.url_open(new).status_code, 404, "not asked again yet")

    def test_to_sign_stands_on_the_personal_page(self):
        _loan, one = self._asked()
        self.authenticate("amina_portal", "amina_portal")
        self.assertIn(one._portal_path(), self._page("/my/hub"))
        page = self.url_open(one._portal_path())
        self.assertEqual(page.status_code, 200, "logged in: no key needed")
