from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import HubCommon


@tagged("post_install", "-at_install")
class TestFees(HubCommon):
    """Who owes, who has paid, and the receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.env["res.partner"].create({"name": "Odile Perrin"})

    def _fee(self, **vals):
        return self.env["hub.fee"].create(
            {"partner_id": self.member.id, "amount": 25, "year": 2026, **vals}
        )

    def test_the_form_notes_a_fee(self):
        form = Form(self.env["hub.fee"].with_user(self.users["coordinator"]))
        form.partner_id = self.member
        form.amount = 25
        self.assertEqual(form.year, fields.Date.today().year)
        fee = form.save()
        fee.action_paid()
        self.assertEqual(fee.paid_on, fields.Date.today())

    def test_one_fee_a_year(self):
        fee = self._fee()
        with self.assertRaises(UserError) as refused:
            self._fee()
        self.assertIn("already there", str(refused.exception))
        fee.active = False
        self._fee()

    def test_a_receipt_is_numbered_and_closes_the_fee(self):
        fee = self._fee()
        with self.assertRaises(UserError) as refused:
            fee.action_print_receipt()
        self.assertIn("not paid yet", str(refused.exception))
        fee.action_paid()
        fee.action_print_receipt()
        number = fee.number
        self.assertTrue(number.startswith("C"))
        fee.action_print_receipt()
        self.assertEqual(fee.number, number)
        for vals in ({"amount": 30}, {"paid_on": "2026-01-01"}, {"year": 2025}):
            with self.assertRaises(UserError) as refused:
                fee.write(vals)
            self.assertIn("stays as it is", str(refused.exception))
        with self.assertRaises(UserError):
            fee.unlink()
        self.assertIn("Odile Perrin", fee._print_sentence())
        self.assertIn("25", fee._print_sentence())

    @mute_logger("odoo.sql_db")
    def test_figures_make_sense(self):
        for vals in ({"amount": -1}, {"year": 26}):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self._fee(**vals)
