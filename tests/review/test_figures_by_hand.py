from datetime import date, timedelta

from odoo.tests import tagged

from . import by_hand
from .common import FiguresCommon, FiguresMixin, RandomHub

YEARS = (2023, 2024, 2025)
SEEDS = (101, 102, 103, 104)


@tagged("post_install", "-at_install")
class TestFiguresByHand(FiguresCommon):
    """Every figure is the one that a query gives which was written by hand, whatever
    became of the records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hub.hub_collective_times = 2

    def _assert_by_hand(self, hub=None, message=""):
        """:return: the figures, by year"""
        self.env.flush_all()
        self.env.invalidate_all()
        hub = hub or self.hub
        known = {}
        for year in YEARS:
            found = {
                code: number
                for code, number in self._count(year, hub).items()
                if not code.startswith("survival.")
            }
            told = by_hand.count(self.env, hub, year)
            self.assertEqual(found, told, f"{year} {message}")
            known[year] = found
        return known

    def _in_random_hubs(self, change=None):
        """:param change: what becomes of the records of a random hub"""
        for seed in SEEDS:
            with self.cr.savepoint(flush=False) as point, self.subTest(seed=seed):
                random_hub = RandomHub(self, seed)
                self._live()
                before = self._assert_by_hand(message=f"seed {seed}")
                if change:
                    change(random_hub, before)
                point.rollback()
            self.env.invalidate_all()

    def _live(self):
        """What a random hub has not: roles, time, money, presences without names."""
        people = [
            self._person(f"V{n}", hub_gender=gender)
            for n, gender in enumerate(("female", "male", False))
        ]
        for kind in ("holder", "volunteer", "funder", "institution"):
            self._roles(kind, people)
        self.env["hub.cooperation"].create(
            {"name": "Advice", "partner_id": people[0].id, "date_start": "2024-12-31"}
        )
        employee = self._person("Employee")
        self.env["hub.role"].create(
            {"partner_id": employee.id, "kind": "employee", "date_start": "2020-01-01"}
        )
        for person, day in ((self.helper, "2024-12-31"), (employee, "2025-01-01")):
            self.env["hub.volunteer.hours"].create(
                {"partner_id": person.id, "date": day, "hours": 2.5}
            ).action_validate()
        self._moment("2024-12-31 22:30:00").hub_unidentified = 3
        self._moment("2024-12-31 23:30:00").hub_unidentified = 4
        for day, kind in (("2024-12-31", "received"), ("2025-01-01", "returned")):
            self.env["hub.fund.line"].sudo().create(
                {"kind": kind, "amount": 10, "date": day, "company_id": self.hub.id}
            )

    def _roles(self, kind, people):
        self.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": kind,
                    "date_start": f"{2021 + n}-12-31",
                    "date_end": f"{2023 + n}-01-01",
                    "institution_kind": kind == "institution" and "bank",
                }
                for n, person in enumerate(people)
            ]
        )

    def test_random_hubs(self):
        self._in_random_hubs()

    def test_records_put_away(self):
        """Projects, people and moments put away count as before."""

        def put_away(hub, before):
            for lead in hub.leads:
                lead.active = False
            self.env["res.partner"].browse(p.id for p in hub.people).action_archive()
            after = self._assert_by_hand()
            for year in YEARS:
                accompanied = after[year]["project.accompanied"]
                self.assertEqual(after[year].pop("project.archived"), accompanied)
                before[year].pop("project.archived")
            self.assertEqual(after, before)

        self._in_random_hubs(put_away)

    def test_merged_contacts(self):
        """Two cards of one person count once; the projects stay as many."""

        def merge(hub, before):
            people = [person for person in hub.people if not person.is_company]
            for keep, gone in zip(people[::2], people[1::2], strict=False):
                wizard = self.env["base.partner.merge.automatic.wizard"].create({})
                wizard._merge([keep.id, gone.id], keep)
            self.env.invalidate_all()
            after = self._assert_by_hand()
            for year in YEARS:
                self.assertLessEqual(
                    after[year]["person.received"], before[year]["person.received"]
                )
                self.assertEqual(
                    after[year]["project.received"], before[year]["project.received"]
                )

        self._in_random_hubs(merge)

    def test_two_cards_of_one_person_become_one(self):
        one, two = self._person("Zoé"), self._person("Zoe")
        for person in (one, two):
            self._interview(self._project(person))
        self.assertEqual(self._assert_by_hand()[2024]["person.accompanied"], 2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([one.id, two.id], one)
        found = self._assert_by_hand()[2024]
        self.assertEqual(found["person.accompanied"], 1)
        self.assertEqual(found["project.accompanied"], 2)

    def test_names_taken_away(self):
        def forget(hub, before):
            for person in hub.people:
                if not person.is_company:
                    self.env["hub.forgetting"]._forget(person)
            self.assertEqual(self._assert_by_hand(), before)

        self._in_random_hubs(forget)

    def test_another_hub_of_the_database(self):
        """Each hub counts its own, also of people and moments that both share."""

        def beside(hub, before):
            second = self._second_hub()
            RandomHub(second, 7)
            for person in hub.people[:3]:
                second._interview(second._project(person), "2024-05-05 10:00:00")
            self.assertEqual(self._assert_by_hand(), before)
            theirs = self._assert_by_hand(second.hub)
            self.assertTrue(theirs[2024]["person.accompanied"])

        self._in_random_hubs(beside)

    def _second_hub(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        company.hub_collective_times = 1
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        second = type("Second", (FiguresMixin,), {"env": env, "cr": self.cr})
        second.company = company.with_env(env)
        second._set_up_figures()
        return second

    # Days at the edge

    def _assert_years(self, code, *years):
        """The figure is one in these years, and nothing in the others."""
        known = self._assert_by_hand()
        found = {year for year in YEARS if known[year][code]}
        self.assertEqual(found, set(years), code)

    def test_the_first_and_the_last_day_of_a_year(self):
        """31 December belongs to the year, 1 January to the one after; by the clock of
        the hub, not of Greenwich."""
        old = "2020-01-01"
        cases = {
            "reception": lambda lead, day: lead.write({"hub_reception_date": day}),
            "late interview": lambda lead, day: self._interview(
                lead, f"{day} 22:59:59"
            ),
            "early interview": lambda lead, day: self._interview(
                lead, f"{date.fromisoformat(day) - timedelta(days=1)} 23:00:00"
            ),
            "outcome": lambda lead, day: self._led(lead, "job", day),
            "pair": lambda lead, day: self._pair(lead, day, day),
            "pact": lambda lead, day: self._pact(lead, day, day),
        }
        codes = {"reception": "project.received", "outcome": "project.beside_jobs"}
        for name, happens in cases.items():
            for day, year in (
                ("2023-12-31", 2023),
                ("2024-01-01", 2024),
                ("2024-12-31", 2024),
                ("2025-01-01", 2025),
            ):
                with (
                    self.cr.savepoint(flush=False) as point,
                    self.subTest(name, day=day),
                ):
                    happens(self._project(received=old), day)
                    self._assert_years(codes.get(name, "project.accompanied"), year)
                    point.rollback()
                self.env.invalidate_all()

    def test_a_path_that_ends_at_the_turn_of_the_year(self):
        for day, going_on in (
            ("2024-12-31", [2023]),
            ("2025-01-01", [2023, 2024]),
        ):
            with self.cr.savepoint(flush=False) as point, self.subTest(day):
                lead = self._project(self._person(), received="2023-01-10")
                for year in YEARS:
                    self._interview(lead, f"{year}-03-01 10:00:00")
                self._path(lead, ("accompaniment", "2023-01-10"), ("closed", day))
                for series in ("person", "project"):
                    self._assert_years(f"{series}.continuing", *going_on)
                point.rollback()
            self.env.invalidate_all()

    def test_a_leap_day(self):
        leap = "2024-02-29"
        cases = {
            "project.received": lambda lead: lead.write({"hub_reception_date": leap}),
            "project.beside_activities": lambda lead: self._led(lead, day=leap),
            "project.only_individual": lambda lead: self._pact(lead, leap, leap),
            "project.accompanied": lambda lead: self._interview(
                lead, "2024-02-28 23:30:00"
            ),
            "project.both_ways": lambda lead: (
                self._pair(lead, leap, leap),
                self._came(self._moment(f"{leap} 22:30:00"), self.helper, lead),
                self._came(self._moment("2024-02-28 23:30:00"), self.helper, lead),
            ),
        }
        for code, happens in cases.items():
            with self.cr.savepoint(flush=False) as point, self.subTest(code):
                happens(self._project(received="2020-02-29"))
                self._assert_years(code, 2024)
                for day, number in ((28, 0), (29, 1)):
                    self._assert_day(code, date(2024, 2, day), number)
                self._assert_day(code, date(2024, 3, 1), 0)
                point.rollback()
            self.env.invalidate_all()

    def _assert_day(self, code, day, number):
        """The figures of one day alone."""
        values, _queries = self.figures._values(self.hub, day, day)
        self.assertEqual(values[code], number, (code, day))

    def test_a_path_that_opens_and_closes_twice_counts_once(self):
        person = self._person()
        lead = self._project(person, received="2023-02-01")
        self._interview(lead, "2024-02-10 10:00:00")
        self._interview(lead, "2024-09-10 10:00:00")
        self._led(lead, "job", "2024-03-01")
        self._led(lead, "job", "2024-10-01", quantity=2)
        self._path(
            lead,
            ("reception", "2023-02-01"),
            ("accompaniment", "2024-02-01"),
            ("closed", "2024-03-02"),
            ("accompaniment", "2024-09-01"),
            ("closed", "2024-12-31"),
        )
        found = self._assert_by_hand()[2024]
        for series in ("person", "project"):
            for name in ("accompanied", "completed", "with_job"):
                self.assertEqual(found[f"{series}.{name}"], 1, (series, name))
            for name in ("received", "continuing", "several", "other"):
                self.assertEqual(found[f"{series}.{name}"], 0, (series, name))
        self.assertEqual(found["project.jobs"], 3)
        self._path(lead, ("closed", "2024-03-02"), ("accompaniment", "2024-12-31"))
        found = self._assert_by_hand()[2024]
        self.assertEqual(found["person.completed_continuing"], 1)
