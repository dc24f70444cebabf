import random
from datetime import date, datetime, timedelta

from odoo.fields import Command

from ..common import HubCommon
from .naive import NaiveYear

KINDS = ("activity_created", "job", "training", "stopped", "lost_contact", "other")
FORMATS = ("breakfast", "workshop", "training", "follow_up", "review")


class FiguresMixin:
    """Small factories for what the figures of a year read; the year is 2024."""

    @classmethod
    def _set_up_figures(cls):
        cls.hub = cls.company
        cls.hub.partner_id.tz = "Europe/Paris"
        cls.figures = cls.env["hub.figures"]
        cls.helper = cls.env["res.partner"].create({"name": "Helper"})
        cls.env["hub.role"].create(
            {
                "partner_id": cls.helper.id,
                "kind": "volunteer",
                "date_start": "2000-01-01",
                "trained_on": "2000-01-01",
                "capacity": 1000,
                "capacity_reason": "Test",
            }
        )

    @classmethod
    def _person(cls, name="Person", **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    @classmethod
    def _project(cls, *people, name="Project", received="2024-01-10", **vals):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "company_id": cls.hub.id,
                "user_id": False,
                "hub_reception_date": received,
                "hub_holder_ids": [
                    Command.create({"partner_id": person.id}) for person in people
                ],
                **vals,
            }
        )

    @classmethod
    def _interview(cls, lead, when="2024-03-01 10:00:00", kind="diagnosis", **vals):
        return cls.env["hub.interview"].create(
            {
                "lead_id": lead.id,
                "kind": kind,
                "state": "done",
                "date_start": when,
                "presence_ids": [
                    Command.create({"partner_id": cls.helper.id, "quality": "staff"})
                ],
                **vals,
            }
        )

    @classmethod
    def _led(cls, lead, kind="activity_created", day="2024-06-01", **vals):
        return cls.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": kind, "date": day, **vals}
        )

    @classmethod
    def _path(cls, lead, *steps):
        """The path as these ``(phase, first day)``."""
        lead.hub_path_ids.unlink()
        cls.env["hub.path.step"].create(
            [
                {"lead_id": lead.id, "phase": phase, "date_start": day}
                for phase, day in steps
            ]
        )

    @classmethod
    def _pair(cls, lead, start, end=None, **vals):
        pairing = cls.env["hub.pairing"].create(
            {
                "lead_id": lead.id,
                "volunteer_id": cls.helper.id,
                "role": "expert",
                **vals,
            }
        )
        pairing.action_activate(channel="phone")
        pairing._unguarded().write(
            {
                "date_start": start,
                "date_end": end,
                "state": "ended" if end else "active",
            }
        )
        return pairing

    @classmethod
    def _pact(cls, leads, start, end, in_force=None, closed=None):
        pact = cls.env["hub.pact"].create(
            {
                "name": "Pact",
                "lead_ids": [Command.set(leads.ids)],
                "date_start": start,
                "date_end": end,
            }
        )
        pact._unguarded().write(
            {"in_force_from": in_force or start, "closed_on": closed}
        )
        return pact

    @classmethod
    def _moment(cls, day="2024-05-01", hub_format="breakfast", **vals):
        begin = datetime.fromisoformat(str(day)) if len(str(day)) > 10 else None
        begin = begin or datetime.fromisoformat(f"{day} 09:00:00")
        return cls.env["event.event"].create(
            {
                "name": "Moment",
                "hub_format": hub_format,
                "company_id": cls.hub.id,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=2),
                **vals,
            }
        )

    @classmethod
    def _came(cls, event, person, lead=None, attendance="present"):
        place = cls.env["event.registration"].create(
            {
                "event_id": event.id,
                "partner_id": person.id,
                "hub_attendance": attendance,
            }
        )
        place.hub_lead_id = lead
        return place

    def _count(self, year=2024, hub=None, programmes=()):
        self.env.flush_all()
        values, _queries = self.figures._values(
            hub or self.hub, date(year, 1, 1), date(year, 12, 31), programmes
        )
        return values

    def assert_naive(self, year=2024, hub=None, programme=None, message=""):
        """The figures are those counted record by record."""
        self.env.flush_all()
        self.env.invalidate_all()
        hub = hub or self.hub
        found = self._count(year, hub, programme.ids if programme else ())
        naive = NaiveYear(hub, year, programme).figures()
        names = {
            name
            for name in (*found, *naive)
            if name.partition(".")[0] in ("person", "project")
        }
        self.assertEqual(
            {name: found.get(name) for name in names},
            {name: naive.get(name, 0) for name in names},
            message,
        )
        return found


class FiguresCommon(FiguresMixin, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_figures()


class RandomHub:
    """A small hub whose life is drawn by lot; around the turns of three years."""

    def __init__(self, test, seed):
        self.test, self.draw = test, random.Random(seed)
        self.people = [test._person(f"P{n}", is_company=n % 7 == 6) for n in range(7)]
        self.events = [
            test._moment(self.day(), self.draw.choice(FORMATS)) for _n in range(7)
        ]
        self.leads = [self.project() for _n in range(8)]
        for lead in self.leads:
            self.live(lead)
        for event in self.events:
            self.fill(event)

    def day(self, low=0):
        """A day near the turn of a year, or on 29 February."""
        near = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31)]
        near += [date(2025, 1, 1), date(2024, 2, 29), date(2024, 7, 1)]
        day = self.draw.choice(near) + timedelta(days=self.draw.choice((0, 0, -1, 3)))
        return max(day, low) if low else day

    def some(self, chance):
        return self.draw.random() < chance

    def project(self):
        people = self.draw.sample(self.people, self.draw.choice((0, 1, 1, 1, 2, 3)))
        return self.test._project(
            *people,
            received=self.draw.choice((self.day(), date(2022, 5, 1))),
            hub_entry=self.draw.choice(("creation", "existing_activity", "dla", False)),
        )

    def live(self, lead):
        test, received = self.test, lead.hub_reception_date
        for _n in range(self.draw.choice((0, 0, 1, 2))):
            hour = self.draw.choice(("00:30", "22:45", "23:30", "12:00"))
            test._interview(
                lead,
                f"{self.day(received + timedelta(days=1))} {hour}:00",
                self.draw.choice(("reception", "diagnosis", "follow_up")),
                state=self.draw.choice(("done", "done", "planned", "cancelled")),
            )
        for _n in range(self.draw.choice((0, 1, 1, 2))):
            kind = self.draw.choice(KINDS)
            test._led(
                lead,
                kind,
                self.day(received),
                quantity=self.draw.choice((0, 1, 1, 2)),
                jobs_fte=0.5,
                job_kind=self.draw.choice(("own", "salaried", "maintained", False)),
            )
        if self.some(0.3):
            start = self.day()
            end = start + timedelta(days=self.draw.choice((0, 1, 40, 400)))
            test._pair(lead, start, self.draw.choice((end, None)))
        if self.some(0.3):
            self.pact(lead)
        self.path(lead)
        if self.some(0.3):
            lead.active = False

    def pact(self, lead):
        start = self.day()
        end = start + timedelta(days=self.draw.choice((0, 2, 60, 400)))
        in_force = start + timedelta(days=self.draw.choice((-3, 0, 1, 500)))
        closed = self.draw.choice((None, start, start + timedelta(days=1), end))
        self.test._pact(lead, start, end, in_force, closed)

    def path(self, lead):
        """Phases in any number; paths may close, open again and close."""
        if self.some(0.1):
            return self.test._path(lead)
        phases = self.draw.choice(
            (
                ("reception",),
                ("reception", "accompaniment"),
                ("reception", "closed"),
                ("reception", "accompaniment", "closed", "accompaniment", "closed"),
                ("reception", "closed", "diagnosis"),
            )
        )
        days = sorted(self.day() for _phase in phases)
        return self.test._path(lead, *zip(phases, days, strict=True))

    def fill(self, event):
        for person in self.draw.sample(self.people, self.draw.choice((0, 2, 4))):
            mine = [
                lead for lead in self.leads if person in lead.hub_holder_partner_ids
            ]
            lead = self.draw.choice([None, *mine, *self.leads[:1]])
            attendance = self.draw.choice(("present", "present", "present", "absent"))
            self.test._came(event, person, lead, attendance)
        if self.some(0.15):
            self.test.env.flush_all()
            self.test.cr.execute(
                "UPDATE event_event SET kanban_state = 'cancel' WHERE id = %s",
                [event.id],
            )
            event.invalidate_recordset()
        if self.some(0.15):
            event.active = False
        if self.some(0.1):
            event.company_id = False
