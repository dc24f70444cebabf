from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from ..pairing.common import PairingMixin


class InterviewMixin(PairingMixin):
    """Amina's café, accompanied by Bernard (portal) and Nadia (internal account)."""

    @classmethod
    def _set_up_interviews(cls):
        cls._set_up_pairing()
        cls.project.hub_phase = "accompaniment"
        cls.nadia = cls.users["volunteer"].partner_id
        cls.env["hub.role"].create(
            {
                "partner_id": cls.nadia.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )
        cls.users["bernard"] = new_test_user(
            cls.env,
            login="hub_bernard",
            name=cls.bernard.name,
            email=cls.bernard.email,
            groups="base.group_portal",
            partner_id=cls.bernard.id,
        )
        cls.users["amina"] = new_test_user(
            cls.env,
            login="hub_amina",
            name=cls.amina.name,
            email=cls.amina.email,
            groups="base.group_portal",
            partner_id=cls.amina.id,
        )
        cls.pair = cls._active(cls.bernard) | cls._active(cls.nadia)

    @classmethod
    def _interview(cls, *present, user=None, **vals):
        """An interview of two days ago, with these ``(partner, quality)`` present."""
        if not present:
            present = ((cls.nadia, "volunteer"), (cls.amina, "holder"))
        interviews = cls.env["hub.interview"].with_user(user or cls.users["adviser"])
        return interviews.create(
            {
                "lead_id": cls.project.id,
                "date_start": fields.Datetime.now() - timedelta(days=2),
                "state": "done",
                "presence_ids": [
                    Command.create({"partner_id": person.id, "quality": quality})
                    for person, quality in present
                ],
                **vals,
            }
        )

    @classmethod
    def _note(cls, interview, role, **vals):
        notes = cls.env["hub.interview.note"].with_user(cls.users[role])
        note = notes.create(
            {"interview_id": interview.id, "body": "Zanzibar debts", **vals}
        )
        return note.with_env(cls.env)

    @staticmethod
    def _tomorrow():
        return fields.Datetime.now() + timedelta(days=1)
