from odoo.fields import Command


class ProgrammeMixin:
    """A programme with people whose facts are counted by hand in the tests."""

    @classmethod
    def _set_up_programme(cls):
        cls.indicators = cls.env["hub.programme.indicator"].search(
            [("scheme", "=", "ESF+")]
        )
        cls.programme = cls.env["hub.programme"].create(
            {
                "name": "ESF 2025",
                "date_start": "2025-01-01",
                "date_end": "2026-12-31",
                "indicator_ids": [Command.set(cls.indicators.ids)],
                "user_id": cls.users["coordinator"].id,
            }
        )
        cls.number = 0

    @classmethod
    def _person(cls, entry=None, entered="2025-03-01", programme=None, **partner):
        """Somebody who entered with these facts; the line of the project."""
        cls.number += 1
        vals = {"name": f"Person {cls.number}", "hub_birth_year": 1990, **partner}
        person = cls.env["res.partner"].create(vals)
        lead = cls.env["crm.lead"].create(
            {
                "name": f"Project {cls.number}",
                "is_hub_project": True,
                "partner_id": person.id,
                "hub_reception_date": entered,
                "hub_programme_ids": [Command.set((programme or cls.programme).ids)],
            }
        )
        holder = lead.hub_holder_ids
        if entry is not None:
            cls._situation(holder, "entry", entered, **entry)
        return holder

    @classmethod
    def _situation(cls, holder, moment, day, **facts):
        return cls.env["hub.situation"].create(
            {"holder_id": holder.id, "moment": moment, "date": day, **facts}
        )

    def _by_code(self, start="2025-01-01", end="2025-12-31", as_of=None):
        """``{code: total}`` of the indicators that are not nought."""
        facts = self.programme._facts(as_of)[self.programme.id]
        found = {
            i.code: len(facts.counted(i, *map(self._day, (start, end))))
            for i in self.indicators.filtered(lambda i: not i.is_typed)
        }
        return {code: number for code, number in found.items() if number}

    @staticmethod
    def _day(text):
        from odoo.fields import Date

        return Date.to_date(text)
