from odoo.tests import HttpCase
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import HubUsersMixin

ACCESS_ERRORS = {
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
}


class RpcCase(HubUsersMixin, HttpCase):
    """Calls models as a browser does: over HTTP, logged in as each role.

    Use :meth:`call` for a plain call, :meth:`assert_allowed` and
    :meth:`assert_refused` for a cell of the table of rights.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()

    def call(self, role, model, method, *args, **kwargs):
        """Result of ``model.method(*args, **kwargs)`` for the user of a role."""
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assert_allowed(self, role, model, method, *args, **kwargs):
        """The call succeeds; its result is returned."""
        try:
            return self.call(role, model, method, *args, **kwargs)
        except JsonRpcException as error:
            self.fail(f"{role} should be allowed {model}.{method}{args}: {error}")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def assert_refused(self, role, model, method, *args, **kwargs):
        """The call is refused for want of rights, for no other reason."""
        with self.assertRaises(JsonRpcException, msg=f"{role} {model}.{method}") as e:
            self.call(role, model, method, *args, **kwargs)
        self.assertIn(str(e.exception), ACCESS_ERRORS, f"{role} {model}.{method}")

    def assert_hidden(self, role, model, record):
        """The role finds nothing of the record: neither by search nor by reading."""
        self.assertFalse(
            self.call(role, model, "search", [("id", "in", record.ids)]),
            f"{role} finds {record}",
        )
        self.assert_refused(role, model, "read", record.ids, ["id"])
