from odoo.tests import tagged
from odoo.tools import mute_logger

from .rpc import RpcCase


@tagged("post_install", "-at_install")
class TestRpcHelper(RpcCase):
    """The helper itself tells a permission from a refusal."""

    def test_a_salesperson_reads_leads_and_a_portal_user_does_not(self):
        self.assert_allowed("sales", "crm.lead", "search", [("id", "=", 0)])
        self.assert_refused("portal", "crm.lead", "search", [("id", "=", 0)])

    @mute_logger("odoo.http")
    def test_a_wrong_expectation_fails(self):
        with self.assertRaises(AssertionError):
            self.assert_refused("sales", "crm.lead", "search", [("id", "=", 0)])
        with self.assertRaises(AssertionError):
            self.assert_allowed("portal", "crm.lead", "search", [("id", "=", 0)])
