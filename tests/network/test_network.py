import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, freeze_time, new_test_user, tagged

from ..common import HubCommon, HubUsersMixin

NETWORK = "solidarity_hub.group_hub_network"


class NetworkMixin:
    """Three hubs; whoever looks after the network has two of them."""

    @classmethod
    def _set_up_network(cls):
        cls.second, cls.third = cls.env["res.company"].create(
            [{"name": "Second hub"}, {"name": "Third hub"}]
        )
        (cls.second | cls.third)._hub_setup()
        cls.hubs = cls.company | cls.second
        cls.looks_after = new_test_user(
            cls.env,
            login="network_user",
            groups=NETWORK,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.hubs.ids)],
        )
        for number, hub in enumerate((cls.company, cls.second, cls.third), 1):
            cls._fill(hub, number)

    @classmethod
    def _fill(cls, hub, number):
        env = cls.env(context=dict(cls.env.context, allowed_company_ids=hub.ids))
        for n in range(number):
            person = env["res.partner"].create(
                {"name": f"{hub.name} {n}", "company_id": hub.id}
            )
            lead = env["crm.lead"].create(
                {
                    "name": f"{hub.name} project {n}",
                    "is_hub_project": True,
                    "company_id": hub.id,
                    "partner_id": person.id,
                    "hub_reception_date": "2025-12-31",
                }
            )
            env["hub.outcome"].create(
                {"lead_id": lead.id, "kind": "job", "quantity": 2, "date": "2025-12-31"}
            )
            lead.action_archive()
        env["crm.lead"].create(
            {
                "name": "Anonymous",
                "is_hub_project": True,
                "company_id": hub.id,
                "hub_reception_date": "2025-01-01",
            }
        )
        env["hub.role"].create(
            {
                "partner_id": env["res.partner"].create({"name": "V"}).id,
                "kind": "volunteer",
                "date_start": "2025-06-01",
                "date_end": "2025-06-30",
                "company_id": hub.id,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestNetwork(NetworkMixin, HubCommon):
    """Figures of several hubs, together and each beside the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_network()
        cls.network = cls.env["hub.network"].with_user(cls.looks_after)

    def _figures(self, hubs=None, year=2025):
        rows = self.network._figures_of(self.hubs if hubs is None else hubs, year)
        return {row["code"]: (row["values"], row["total"]) for row in rows}

    def test_each_hub_and_the_network(self):
        found = self._figures()
        self.assertEqual(found["project.received"], ([2, 3], 5))
        self.assertEqual(found["person.received"], ([2, 3], 5))
        self.assertEqual(found["project.beside_jobs"], ([2, 4], 6))
        self.assertEqual(found["network.volunteers"], ([1, 1], 2))
        self.assertEqual(found["project.activities"], ([0, 0], 0))

    def test_a_year_has_its_own_figures(self):
        for year in (2024, 2026):
            found = self._figures(year=year)
            self.assertFalse([code for code, (_v, total) in found.items() if total])

    def test_network_and_review_show_the_same_numbers(self):
        """Every figure of every hub is the one of its own review."""
        for hub in self.hubs:
            self._accompany(hub)
        self.second.hub_collective_times = 1
        found = self._figures()
        self.assertEqual(found["project.jobs"], ([2, 2], 4))
        self.assertEqual(found["structure.accompanied"], ([1, 1], 2))
        self.assertEqual(found["network.attendances"], ([3, 3], 6))
        for place, hub in enumerate(self.hubs):
            review = self.env["hub.annual.review"].create(
                {"year": 2025, "company_id": hub.id, "lang": "en_US"}
            )
            counted = {
                line.code: line.computed_value
                for line in review.figure_ids
                if not line.code.endswith(".opening")
            }
            shown = {code: values[place] for code, (values, _total) in found.items()}
            self.assertEqual({code: shown[code] for code in counted}, counted)
            self.assertFalse([c for c in set(shown) - set(counted) if shown[c]])

    def _accompany(self, hub):
        """An interview, an outcome, hours, a moment and a structure of the DLA."""
        env = self.env(context=dict(self.env.context, allowed_company_ids=hub.ids))
        lead = env["crm.lead"].search(
            [("company_id", "=", hub.id), ("active", "=", False)], limit=1
        )
        body = env["res.partner"].create({"name": "Body", "is_company": True})
        dla = env["crm.lead"].create(
            {
                "name": "DLA",
                "is_hub_project": True,
                "hub_entry": "dla",
                "partner_id": body.id,
                "hub_reception_date": "2025-02-01",
            }
        )
        staff = env["res.partner"].create({"name": "Staff"})
        env["hub.interview"].create(
            [
                {
                    "lead_id": one.id,
                    "kind": "follow_up",
                    "state": "done",
                    "date_start": "2025-12-31 10:00:00",
                    "presence_ids": [
                        Command.create({"partner_id": staff.id, "quality": "staff"})
                    ],
                }
                for one in (lead, dla)
            ]
        )
        came = env["event.event"].create(
            {
                "name": "Breakfast",
                "hub_format": "breakfast",
                "date_begin": "2025-05-01 09:00:00",
                "date_end": "2025-05-01 10:00:00",
                "hub_unidentified": 3,
            }
        )
        self.assertEqual(came.company_id, hub)

    def test_hubs_that_count_otherwise_say_so(self):
        self.second.hub_collective_times = 5
        rows = {row["code"]: row for row in self.network._figures_of(self.hubs, 2025)}
        words = rows["project.accompanied"]["help"]
        self.assertIn(f"{self.company.name}: ", words)
        self.assertIn("Second hub: ", words)
        self.assertIn("at 5 collective", words)
        self.assertNotIn("Second hub", rows["project.jobs"]["help"])

    def test_only_the_hubs_of_the_user(self):
        self.assertEqual(self.network._hubs(), self.hubs.sorted("name"))
        with self.assertRaises(AccessError):
            self._figures(self.hubs | self.third)
        screen = self.env["hub.network.year"].with_user(self.looks_after).create({})
        self.assertEqual(screen.company_ids, self.hubs)
        self.assertNotIn("Third hub", screen.table)
        screen.sudo().company_ids |= self.third
        self.env.invalidate_all()
        self.assertNotIn("Third hub", screen.table)
        self.assertNotIn(str(self.third.id), screen.action_book()["url"].split("-"))

    def test_nobody_else_sees_them(self):
        for role, user in self.users.items():
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["hub.network"].with_user(user)._figures_of(self.company, 2025)
            self.assertFalse(
                self.env["hub.network.year"].with_user(user).has_access("read")
            )

    def test_whoever_sees_figures_sees_no_person_and_no_project(self):
        env = self.env(user=self.looks_after)
        env = env(context=dict(env.context, allowed_company_ids=self.hubs.ids))
        for model in (
            "hub.project.holder",
            "hub.role",
            "hub.outcome",
            "hub.interview",
            "hub.situation",
            "hub.pairing",
            "hub.pact",
            "hub.programme",
            "crm.lead",
        ):
            self.assertFalse(env[model].has_access("read"), model)

    def test_each_hub_is_alone_for_its_people(self):
        for user in (self.users["manager"], self.users["coordinator"]):
            env = self.env(user=user)
            leads = env["crm.lead"].with_context(active_test=False).search([])
            self.assertEqual(leads.company_id, self.company)
            self.assertEqual(env["hub.role"].search([]).company_id, self.company)

    def test_a_user_chooses_year_and_hubs(self):
        screens = self.env["hub.network.year"].with_user(self.looks_after)
        with Form(screens) as form:
            form.year = 2025
            self.assertIn("Jobs", form.table)
            form.company_ids.remove(id=self.second.id)
            self.assertNotIn("Second hub", form.table)

    def test_hubs_that_are_not_ticked_at_the_top_of_the_page_are_there(self):
        context = {"allowed_company_ids": self.company.ids}
        screens = self.env["hub.network.year"].with_user(self.looks_after)
        screens = screens.with_context(**context)
        names = {"company_ids": {"fields": {"display_name": {}}}, "table": {}}
        shown = screens.onchange({}, [], names)["value"]
        self.assertIn("Second hub", shown["table"])
        values = {"year": 2025, "company_ids": [Command.set(self.hubs.ids)]}
        [kept] = screens.web_save(values, names)
        self.assertEqual(
            {hub["display_name"] for hub in kept["company_ids"]},
            set(self.hubs.mapped("name")),
        )

    def test_a_year_that_is_none_is_refused_with_words(self):
        for year in (0, 25, 20255, -1):
            with self.assertRaisesRegex(UserError, "four digits"):
                self._figures(year=year)

    def _cost(self, hubs):
        self.env.flush_all()
        self._figures(hubs)
        before = self.env.cr.sql_log_count
        self._figures(hubs)
        return self.env.cr.sql_log_count - before

    def test_more_projects_cost_no_more_and_each_hub_the_same(self):
        one, both = self._cost(self.company), self._cost(self.hubs)
        self.assertLessEqual(both, 2 * one)
        self._fill(self.company, 20)
        self.assertEqual(self._cost(self.company), one)


@tagged("post_install", "-at_install")
class TestNetworkDoor(NetworkMixin, HubUsersMixin, HttpCase):
    """The spreadsheet of the network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_network()

    def _get(self, login, *hubs, year=2025):
        self.authenticate(login, login + "x" * (8 - len(login)))
        numbers = "-".join(str(hub.id) for hub in hubs)
        return self.url_open(f"/solidarity_hub/network/{year}/{numbers}")

    def test_the_spreadsheet_holds_the_figures(self):
        answer = self._get("network_user", *self.hubs)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = book.worksheets[0].iter_rows(min_row=4, values_only=True)
        jobs = next(row for row in rows if row[0] == "Jobs, besides")
        self.assertEqual(jobs[1:4], (2, 4, 6))

    def test_closed_to_others_and_for_other_hubs(self):
        self.assertEqual(self._get("network_user", self.third).status_code, 404)
        self.assertEqual(self._get("network_user", *self.hubs, year=3).status_code, 404)
        for role in ("manager", "board", "portal"):
            answer = self._get(self.users[role].login, self.company)
            self.assertEqual(answer.status_code, 404, role)
