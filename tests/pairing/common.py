from datetime import date

from ..common import HubCommon


class PairingMixin:
    """A project that needs two skills, and people who may accompany it."""

    @classmethod
    def _set_up_pairing(cls):
        cls.accounting, cls.law = cls.env["hub.skill"].create(
            [{"name": "Bookkeeping of cafés"}, {"name": "Law of cafés"}]
        )
        cls.amina = cls.env["res.partner"].create(
            {"name": "Amina", "email": "amina@example.org", "phone": "03 80 00 00 01"}
        )
        cls.project = cls._create_project("Café of the square", cls.amina)
        cls.bernard = cls._create_volunteer("Bernard", {cls.accounting: 3})
        cls.chloe = cls._create_volunteer("Chloé", {cls.law: 2})
        cls.denis = cls._create_volunteer("Denis", {cls.accounting: 1})

    @classmethod
    def _create_project(cls, name, holder, skills=None):
        skills = cls.accounting | cls.law if skills is None else skills
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "partner_id": holder.id,
                "hub_reception_date": "2020-01-01",
                "hub_skill_ids": [(0, 0, {"skill_id": skill.id}) for skill in skills],
            }
        )

    @classmethod
    def _create_volunteer(cls, name, skills=None, **role):
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.lower()}@example.org",
                "phone": "06 00 00 00 00",
            }
        )
        cls.env["hub.role"].create(
            {
                "partner_id": partner.id,
                "kind": "volunteer",
                "date_start": date(2020, 1, 1),
                "trained_on": date(2020, 2, 1),
                **role,
            }
        )
        cls.env["hub.partner.skill"].create(
            [
                {"partner_id": partner.id, "skill_id": skill.id, "level": level}
                for skill, level in (skills or {}).items()
            ]
        )
        return partner

    @classmethod
    def _pair(cls, volunteer, project=None, **vals):
        return cls.env["hub.pairing"].create(
            {
                "lead_id": (project or cls.project).id,
                "volunteer_id": volunteer.id,
                **vals,
            }
        )

    @classmethod
    def _active(cls, volunteer, project=None, **vals):
        pairing = cls._pair(volunteer, project, **vals)
        pairing.action_activate(channel="phone")
        return pairing


class PairingCommon(PairingMixin, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pairing()
