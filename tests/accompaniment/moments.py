from odoo.fields import Command

from ..common import HubCommon


def a_moment(env, company, people, word):
    """A workshop of this hub with these people on its list, ``{model: records}``."""
    event = env["event.event"].create(
        {
            "name": f"{word} moment",
            "hub_format": "workshop",
            "company_id": company.id,
            "date_begin": "2020-01-06 09:00:00",
            "date_end": "2020-01-06 11:00:00",
            "hub_presentation": word,
        }
    )
    places = event._hub_add_people(people)
    return {event._name: event, places._name: places}


class MomentsCommon(HubCommon):
    """A workshop of yesterday, a breakfast to come and some people; today is
    10 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amina, cls.karim, cls.lea, cls.paul = cls.env["res.partner"].create(
            [{"name": name} for name in ("Amina", "Karim", "Léa", "Paul")]
        )
        cls.workshop = cls._event("2026-03-09", "workshop")
        cls.breakfast = cls._event("2026-03-20", "breakfast")

    @classmethod
    def _event(cls, day, hub_format=False, **vals):
        return cls.env["event.event"].create(
            {
                "name": f"Moment of {day}",
                "hub_format": hub_format,
                "date_begin": f"{day} 09:00:00",
                "date_end": f"{day} 11:00:00",
                "date_tz": "Europe/Paris",
                **vals,
            }
        )

    @classmethod
    def _book(cls, event, *people, **vals):
        return cls.env["event.registration"].create(
            [
                {"event_id": event.id, "partner_id": person.id, **vals}
                for person in people
            ]
        )

    @classmethod
    def _project(cls, holder, name="Bakery"):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "hub_reception_date": "2020-01-01",
                "hub_holder_ids": [
                    Command.create({"partner_id": holder.id, "is_contact": True})
                ],
            }
        )
