from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase

from ..common import HubUsersMixin
from .common import InterviewMixin


class MomentPages(InterviewMixin, HubUsersMixin, HttpCase):
    """A breakfast for holders in four days, a training of volunteers in six."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_interviews()
        cls.env["event.event"].search([("hub_format", "!=", False)]).active = False
        cls.breakfast = cls._moment("Breakfast of the square", 4)
        cls.training = cls._moment(
            "Listening to people",
            6,
            hub_format="training",
            hub_open_holders=False,
            hub_open_volunteers=True,
        )
        cls.company.partner_id.phone = "03 80 11 22 33"

    @classmethod
    def _moment(cls, name, days, **vals):
        start = fields.Datetime.today() + timedelta(days=days, hours=8)
        return cls.env["event.event"].create(
            {
                "name": name,
                "hub_format": "breakfast",
                "hub_open_holders": True,
                "date_begin": start,
                "date_end": start + timedelta(hours=2),
                "date_tz": "Europe/Paris",
                **vals,
            }
        )

    def _login(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def _read(self, path="/my/hub"):
        page = self.url_open(path)
        return page.status_code, html.fromstring(page.text)

    def _card(self, event, page=None):
        page = page if page is not None else self._read()[1]
        found = page.xpath(f"//div[@id='moment_{event.id}']")
        return found[0] if found else None

    def _words(self, node):
        return " ".join(node.text_content().split())

    def _csrf(self, page):
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _tap(self, event, answer):
        """One tap on the button of a card; the page that follows."""
        card = self._card(event)
        form = card.xpath(".//form")[0]
        button = form.xpath(f".//button[@value='{answer}']")
        self.assertTrue(button, f"no button {answer}: {self._words(card)}")
        return self.url_open(
            form.get("action"), data={"csrf_token": self._csrf(form), "answer": answer}
        )

    def _place(self, event=None, person=None):
        return (event or self.breakfast)._hub_place_of(person or self.amina)
