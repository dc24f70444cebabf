from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import InterviewMixin

WORD = "Zanzibar"
SHARED = "Timbuktu"
NOTE = "hub.interview.note"
BLOCK = "hub.interview.shared"
READERS = ("adviser", "volunteer", "bernard")
OUTSIDERS = (
    "amina",
    "former",
    "colleague",
    "coordinator",
    "manager",
    "accountant",
    "board",
    "finance",
    "sales",
    "employee",
    "portal",
)


class NoteAttackCase(InterviewMixin, RpcCase):
    """A note with a file and shared words, and everybody who must not read it.

    "former" carried the project and accompanies others today.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()
        for login, groups in (
            ("former", "solidarity_hub.group_hub_volunteer"),
            ("colleague", "solidarity_hub.group_hub_adviser"),
            ("accountant", "account.group_account_manager"),
        ):
            cls.users[login] = new_test_user(
                cls.env,
                login=f"hub_{login}",
                email=f"{login}@example.org",
                groups=groups,
            )
        cls.former = cls.users["former"].partner_id
        export = cls.env.ref("base.group_allow_export")
        for role in ("coordinator", "manager", "colleague", "former", "accountant"):
            cls.users[role].group_ids += export
        cls.project.hub_holder_ids = [Command.create({"partner_id": cls.former.id})]
        adviser = cls.users["adviser"]
        cls.interview = cls._interview(
            (adviser.partner_id, "staff"),
            (cls.amina, "holder"),
            (cls.former, "holder"),
        )
        file = (
            cls.env["ir.attachment"]
            .with_user(adviser)
            .create(
                {
                    "name": f"{WORD}.txt",
                    "raw": f"{WORD} debts".encode(),
                    "mimetype": "text/plain",
                    "res_model": NOTE,
                }
            )
        )
        cls.note = cls._note(
            cls.interview,
            "adviser",
            body=f"{WORD} debts",
            attachment_ids=[Command.set(file.ids)],
            shared_ids=[Command.create({"body": f"{SHARED} estimate"})],
        )
        cls.file = file.with_env(cls.env)
        cls.block = cls.note.shared_ids
        # The holder carries the project no more and accompanies others today.
        cls.project.hub_holder_ids.filtered(
            lambda line: line.partner_id == cls.former
        ).unlink()
        cls.env["hub.role"].create(
            {
                "partner_id": cls.former.id,
                "kind": "volunteer",
                "trained_on": "2020-01-01",
            }
        )
        line = cls.interview.presence_ids.filtered(
            lambda line: line.partner_id == cls.former
        )
        line.quality = "volunteer"
        cls.env.flush_all()

    def _try(self, role, model, method, *args, **kwargs):
        """What the role gets; nothing when it is refused."""
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            try:
                return self.call(role, model, method, *args, **kwargs)
            except JsonRpcException:
                return None

    def _log_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))

    def _assert_silent(self, answer, *, shared=False):
        self.assertNotIn(WORD, str(answer))
        if not shared:
            self.assertNotIn(SHARED, str(answer))
