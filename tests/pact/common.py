import base64
import io

from PIL import Image, ImageDraw

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import HubCommon


def drawing(width=300, height=120, ink="black"):
    """A signature as the page sends it: PNG in base64, a stroke on nothing."""
    picture = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    if ink:
        ImageDraw.Draw(picture).line((20, 20, width - 20, height - 20), ink, 4)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


class PactFactory:
    """Builds pacts; asks for ``cls.env`` and a hub."""

    @classmethod
    def _set_up_pacts(cls):
        # a French database holds French only
        for lang in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.amina, cls.bernard, cls.town = cls.env["res.partner"].create(
            [
                {"name": "Amina Bérenger"},
                {"name": "Bernard Œuvrard"},
                {"name": "Ville de Dijon", "is_company": True, "city": "Dijon"},
            ]
        )
        cls.indicator = cls.env.ref("solidarity_hub.hub_indicator_autonomy")

    @classmethod
    def _create_pact(cls, **values):
        """A contract that lacks nothing but signatures."""
        return cls.env["hub.pact"].create(
            {
                "name": "Bakery",
                "form": "accompaniment_contract",
                "lang": "en_US",
                "date_start": "2026-01-01",
                "joint_interview_on": "2025-12-20",
                "goal_ids": [Command.create({"name": "Open the shop"})],
                "commitment_ids": [
                    Command.create(
                        {"name": "Meet twice a month", "category": "volunteer"}
                    )
                ],
                "term_ids": [Command.create({"indicator_id": cls.indicator.id})],
                "party_ids": [
                    Command.create(
                        {"partner_id": cls.amina.id, "category": "concerned"}
                    ),
                    Command.create(
                        {"partner_id": cls.bernard.id, "category": "volunteer"}
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _party(cls, pact, category):
        return pact.party_ids.filtered(lambda party: party.category == category)

    @classmethod
    def _add_town(cls, pact, **values):
        """The town, which signs by its mayor."""
        pact.party_ids = [
            Command.create(
                {
                    "partner_id": cls.town.id,
                    "category": "elected",
                    "representative": "Marie Dupont",
                    "representative_role": "mayor",
                    **values,
                }
            )
        ]
        return cls._party(pact, "elected")

    @classmethod
    def _pact_in_force(cls, **values):
        """A pact that all its parties have signed on paper."""
        pact = cls._create_pact(**values)
        if pact.state == "concertation":
            pact.meeting_ids = [Command.create({"date": "2025-12-01"})]
            pact.action_draft()
        pact.action_to_sign()
        pact.party_ids._sign(fields.Date.to_date("2026-01-05"), "paper")
        return pact


class PactPages:
    """Reads and signs pages of a party, as a browser does; for HttpCase."""

    def page(self, party, token=None, path="", **query):
        """Page of a party: status and text."""
        query["access_token"] = party.access_token if token is None else token
        values = "&".join(f"{key}={value}" for key, value in query.items() if value)
        response = self.url_open(f"/my/hub/pact/{party.id}{path}?{values}")
        return response.status_code, response.text

    def fingerprint_on(self, page):
        return page.split("fingerprint=")[1][:64]

    def sign(self, party, token=None, fingerprint=None, **values):
        """Send a signature as the form does; the answer of the server."""
        token = party.access_token if token is None else token
        if fingerprint is None:
            fingerprint = self.fingerprint_on(self.page(party)[1])
        query = f"access_token={token}&fingerprint={fingerprint}"
        params = {"name": "Somebody", "signature": drawing(), **values}
        return self.make_jsonrpc_request(
            f"/my/hub/pact/{party.id}/sign?{query}", params
        )

    def csrf(self):
        return self.url_open("/hub/verify").text.split('csrf_token" value="')[1][:51]

    def decline(self, party, reason="No mandate", token=None):
        return self.url_open(
            f"/my/hub/pact/{party.id}/decline",
            data={
                "csrf_token": self.csrf(),
                "access_token": party.access_token if token is None else token,
                "reason": reason,
            },
        )

    def log_in(self, partner):
        login = f"portal_{partner.id}"
        new_test_user(
            self.env, login, groups="base.group_portal", partner_id=partner.id
        )
        self.authenticate(login, login + "x" * (8 - len(login)))


class PactCommon(PactFactory, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pacts()
