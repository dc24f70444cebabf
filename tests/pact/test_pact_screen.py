from unittest.mock import patch

from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import PactFactory


@tagged("post_install", "-at_install")
class TestPactScreen(PactFactory, HubUsersMixin, BrowserCase):
    """The form of a pact, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pacts()

    def test_contract_is_printed_signed_and_in_force_from_its_form(self):
        pact = self._create_pact(user_id=self.users["adviser"].id)
        report_class = self.env.registry["ir.actions.report"]
        printed = []
        render = report_class._hub_print

        def note(report_self, report, record, data, resources):
            printed.append(record)
            return render(report_self, report, record, data, resources)

        # The web client must not ask for wkhtmltopdf first: say that it is missing.
        with (
            patch.object(report_class, "get_wkhtmltopdf_state", return_value="install"),
            patch.object(report_class, "_hub_print", note),
        ):
            self.start_tour(
                f"/odoo/pacts/{pact.id}",
                "hub_pact_tour",
                login=self.users["adviser"].login,
            )
        self.assertEqual(pact.state, "in_force")
        # by the button, when the text was frozen, and with its signatures
        self.assertEqual(len(printed), 3)

    def test_every_view_of_the_area_opens_in_the_browser(self):
        self._create_pact()
        for path in ("pacts", "pact-templates", "pact-indicators"):
            with self.subTest(path):
                self.browser_js(
                    f"/odoo/{path}",
                    "console.log('test successful')",
                    "document.querySelector('.o_view_controller .o_cp_searchview,"
                    " .o_view_controller') !== null",
                    login="admin",
                )
