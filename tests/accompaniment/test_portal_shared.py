from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import HubUsersMixin
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestPortalShared(InterviewMixin, HubUsersMixin, HttpCase):
    """On their own page, holders read what was shared with them, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_interviews()
        cls.note = cls._note(cls._interview(), "volunteer")
        cls.note.shared_ids = [Command.create({"body": "Bring <b>the</b> estimate"})]

    def _page(self, role):
        login = self.users[role].login
        self.authenticate(login, login)
        return self.url_open("/my/hub").text

    def test_the_holder_reads_the_shared_words_and_not_the_note(self):
        page = self._page("amina")
        self.assertIn("Bring &lt;b&gt;the&lt;/b&gt; estimate", page)
        self.assertIn(self.nadia.name, page)
        self.assertNotIn("Zanzibar", page)

    def test_nobody_else_sees_them_on_his_page(self):
        self.assertNotIn("estimate", self._page("bernard"))
