import random
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PairingCommon

NUMBERS = (
    "need_count",
    "need_weight",
    "mandatory_count",
    "covered_count",
    "asked_count",
    "expert_count",
    "missing_count",
    "waiting_count",
    "lacking_count",
    "lacking_mandatory_count",
    "person_count",
    "free_person_count",
    "free_place_count",
    "away_count",
    "learner_count",
    "learner_booked_count",
    "trainee_count",
    "gap",
)


class CoverageCommon(PairingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.work_law = cls.env["hub.skill"].create(
            {"name": "Work contracts of cafés", "parent_id": cls.law.id}
        )
        cls.lease_law = cls.env["hub.skill"].create(
            {"name": "Leases of cafés", "parent_id": cls.law.id}
        )

    def row(self, skill, company=None):
        self.env.invalidate_all()
        row = self.env["hub.skill.coverage"].search(
            [
                ("skill_id", "=", skill.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )
        self.assertEqual(len(row), 1)
        return row

    def load(self, person, company=None):
        self.env.invalidate_all()
        return self.env["hub.person.load"].search(
            [
                ("partner_id", "=", person.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    def assert_row(self, skill, company=None, **expected):
        row = self.row(skill, company)
        found = {name: row[name] for name in expected}
        self.assertEqual(found, expected)

    @classmethod
    def add_project(cls, *needs, name="Bakery", **vals):
        """A project that needs these skills; each need (skill, level, more...)."""
        lead = cls._create_project(name, cls.amina, cls.env["hub.skill"])
        for skill, level, *more in needs:
            cls.env["hub.project.skill"].create(
                {
                    "lead_id": lead.id,
                    "skill_id": skill.id,
                    "level": level,
                    **(more[0] if more else {}),
                }
            )
        lead.write(vals)
        return lead


@tagged("post_install", "-at_install")
class TestSkillCoverage(CoverageCommon):
    """What is needed against what is offered, as somebody counts it by hand."""

    def test_a_hub_counted_by_hand(self):
        """Accounting, by hand.

        Projects: café (2, pair Bernard), shop (3, indispensable, Chloé and Denis
        beside it), press (2, decisive, nobody), school (2, Bernard asked), farm (3,
        Denis is the pair, Bernard comes as an expert), closed and archived ones.
        People: Bernard 3 (holds 2 of 2), Denis 1 (2 of 3), Iris 2 (0 of 4), Chloé none.
        """
        self.bernard.hub_role_ids.capacity = 2
        self._create_volunteer("Iris", {self.accounting: 2}, capacity=4)
        self._active(self.bernard)
        shop = self.add_project((self.accounting, 3, {"mandatory": True}))
        self._active(self.chloe, shop)
        self._active(self.denis, shop)
        self.add_project((self.accounting, 2, {"weight": 3}))
        school = self.add_project((self.accounting, 2), hub_phase="follow_up")
        self._pair(self.bernard, school)
        farm = self.add_project((self.accounting, 3, {"weight": 1}))
        self._active(self.denis, farm)
        self._active(self.bernard, farm, role="expert")
        self.add_project((self.accounting, 2), hub_phase="closed")
        self.add_project((self.accounting, 2)).active = False
        row = self.row(self.accounting)
        self.assertEqual(
            {name: row[name] for name in NUMBERS},
            {
                "need_count": 5,
                "need_weight": 2 + 2 + 3 + 2 + 1,
                "mandatory_count": 1,
                "covered_count": 1,  # café
                "asked_count": 1,  # school
                "expert_count": 1,  # farm
                "missing_count": 1,  # shop
                "waiting_count": 1,  # press
                "lacking_count": 2,
                "lacking_mandatory_count": 1,
                "person_count": 2,  # Bernard, Iris
                "free_person_count": 1,
                "free_place_count": 4,  # Iris
                "away_count": 0,
                "learner_count": 1,  # Denis
                "learner_booked_count": 0,
                "gap": 1,  # the shop wants an expert, and Bernard is full
                "trainee_count": 2,  # Denis, and Iris who practises
            },
        )
        self.assertEqual(row.trainee_ids.mapped("name"), ["Denis", "Iris"])
        self.assertEqual(row.person_ids.mapped("name"), ["Bernard", "Iris"])
        self.assertEqual(row.advice, "train")
        self.assertFalse(row.sole_partner_id)

    def test_what_the_search_for_pairs_sees_is_what_is_counted(self):
        """The same levels, capacity and load as the search, person by person."""
        self._active(self.bernard)
        self._create_volunteer("Iris", {self.work_law: 3, self.law: 1})
        engine = self.env["hub.pairing.engine"]
        people = engine._people_of(self.company)
        seen = engine._engine_volunteers(self.company, people)
        for skill in (self.accounting, self.law, self.work_law, self.lease_law):
            masters = [v for v in seen if v.skills.get(skill.id, 0) >= 2]
            self.assert_row(
                skill,
                person_count=len(masters),
                free_place_count=sum(v.capacity - v.load for v in masters),
                learner_count=sum(v.skills.get(skill.id) == 1 for v in seen),
            )

    def test_whoever_masters_a_finer_skill_offers_the_wider_one(self):
        self._create_volunteer("Iris", {self.work_law: 2})
        self.assert_row(self.law, person_count=2)
        self.assert_row(self.work_law, person_count=1)

    def test_a_wider_skill_does_not_cover_a_finer_need(self):
        lead = self.add_project((self.work_law, 2))
        self._active(self.chloe, lead)
        self.assert_row(self.work_law, covered_count=0, waiting_count=1)

    def test_a_finer_skill_beside_the_project_covers_the_wider_need(self):
        iris = self._create_volunteer("Iris", {self.work_law: 2})
        self._active(iris)
        self.assert_row(self.law, covered_count=1, lacking_count=0)

    def test_the_better_of_the_two_counts(self):
        self._active(self.denis)
        self.assert_row(self.accounting, covered_count=0)
        self._active(self.bernard)
        self.assert_row(self.accounting, covered_count=1)

    def test_people_away_do_not_offer_and_leave_no_place(self):
        self.bernard.hub_role_ids.action_pause()
        self.assert_row(
            self.accounting, person_count=0, away_count=1, free_place_count=0
        )

    def test_people_who_come_back_tomorrow_are_still_away_today(self):
        self.bernard.hub_role_ids.write(
            {"pause_from": "2020-01-01", "pause_to": self.today}
        )
        self.assert_row(self.accounting, person_count=0)
        self.bernard.hub_role_ids.pause_to = self.today - timedelta(days=1)
        self.assert_row(self.accounting, person_count=1)

    def test_an_ended_role_offers_nothing_from_the_day_after(self):
        self.bernard.hub_role_ids.date_end = self.today
        self.assert_row(self.accounting, person_count=1)
        self.bernard.hub_role_ids.date_end = self.today - timedelta(days=1)
        self.assert_row(self.accounting, person_count=0, away_count=0)

    def test_a_role_to_come_offers_nothing_yet(self):
        self.bernard.hub_role_ids.date_start = self.today + timedelta(days=1)
        self.assert_row(self.accounting, person_count=0)

    def test_an_archived_person_offers_and_covers_nothing(self):
        self._active(self.bernard)
        self.bernard.active = False
        self.assert_row(
            self.accounting, person_count=0, covered_count=0, waiting_count=1
        )

    def test_a_pair_goes_on_covering_when_the_role_has_ended(self):
        self._active(self.bernard)
        self.bernard.hub_role_ids.date_end = self.today - timedelta(days=1)
        self.assert_row(self.accounting, person_count=0, covered_count=1)

    def test_other_roles_offer_nothing(self):
        self.bernard.hub_role_ids.kind = "funder"
        self.assert_row(self.accounting, person_count=0)

    def test_an_employee_offers_skills_like_a_volunteer(self):
        self.bernard.hub_role_ids.kind = "employee"
        self.assert_row(self.accounting, person_count=1)

    def test_two_merged_contacts_count_as_one_person(self):
        double = self._create_volunteer("Bernard L", {self.accounting: 2}, capacity=2)
        self.bernard.hub_role_ids.capacity = 2
        self._active(self.bernard)
        self._active(double)
        self.assert_row(self.accounting, person_count=2, free_place_count=2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.bernard.id, double.id], self.bernard)
        self.assert_row(
            self.accounting, person_count=1, free_place_count=0, covered_count=1
        )
        self.assertEqual(self.load(self.bernard).taken_count, 2)

    def test_each_hub_counts_its_own(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        here = self.row(self.accounting)
        before = {name: here[name] for name in NUMBERS}
        self.env["hub.role"].create(
            {
                "partner_id": self.bernard.id,
                "kind": "volunteer",
                "company_id": other.id,
                "capacity": 1,
            }
        )
        self.env["hub.partner.skill"].create(
            {
                "partner_id": self.bernard.id,
                "skill_id": self.accounting.id,
                "level": 2,
                "company_id": other.id,
            }
        )
        self._active(self.bernard)
        self.assert_row(
            self.accounting, other, need_count=0, person_count=1, free_place_count=1
        )
        self.assert_row(
            self.accounting,
            need_count=before["need_count"],
            person_count=before["person_count"],
            free_place_count=before["free_place_count"] - 1,
        )

    def test_an_ordinary_company_has_no_row(self):
        shop = self.env["res.company"].create({"name": "Shop"})
        rows = self.env["hub.skill.coverage"].search([("company_id", "=", shop.id)])
        self.assertFalse(rows)

    def test_an_archived_skill_stays_as_long_as_a_project_needs_it(self):
        self.accounting.active = False
        self.assert_row(self.accounting, need_count=1)
        (self.bernard | self.denis).hub_skill_ids.unlink()
        self.project.hub_skill_ids.unlink()
        self.env.invalidate_all()
        rows = self.env["hub.skill.coverage"].search(
            [("skill_id", "=", self.accounting.id)]
        )
        self.assertFalse(rows)

    def test_a_proposal_takes_the_place_it_waits_for(self):
        self.bernard.hub_role_ids.capacity = 1
        self.assert_row(self.accounting, free_place_count=1)
        self._pair(self.bernard)
        self.assert_row(self.accounting, free_place_count=0, asked_count=1)

    def test_a_declined_proposal_covers_nothing(self):
        pairing = self._pair(self.bernard)
        pairing.action_send()
        pairing.action_decline(channel="phone", reason="No time")
        self.assert_row(self.accounting, waiting_count=1, asked_count=0)

    def test_a_booked_training_of_a_learner_is_counted_once(self):
        vals = {
            "name": "Training",
            "hub_format": "training",
            "date_begin": fields.Datetime.now() + timedelta(days=3),
            "date_end": fields.Datetime.now() + timedelta(days=4),
        }
        events = self.env["event.event"].create([dict(vals), dict(vals)])
        self.env["event.registration"].create(
            [
                {"event_id": event.id, "partner_id": self.denis.id, "state": "open"}
                for event in events
            ]
        )
        self.assert_row(self.accounting, learner_count=1, learner_booked_count=1)
        events.hub_format = "breakfast"
        self.assert_row(self.accounting, learner_booked_count=0)

    # Advice

    def test_nobody_to_train_means_to_recruit(self):
        (self.bernard | self.denis).hub_skill_ids.unlink()
        row = self.row(self.accounting)
        self.assertEqual((row.advice, row.gap), ("recruit", 1))

    def test_a_learner_means_to_train(self):
        self.bernard.hub_skill_ids.unlink()
        row = self.row(self.accounting)
        self.assertEqual((row.advice, row.trainee_ids), ("train", self.denis))

    def test_a_neighbouring_skill_and_a_free_place_mean_to_train(self):
        iris = self._create_volunteer("Iris", {self.lease_law: 2}, capacity=1)
        self.add_project((self.work_law, 2))
        row = self.row(self.work_law)
        self.assertEqual(row.advice, "train")
        self.assertEqual(row.trainee_ids, self.chloe | iris)
        self._active(iris, self.add_project((self.lease_law, 2)))
        self.assertEqual(self.row(self.work_law).trainee_ids, self.chloe)

    def test_nobody_becomes_an_expert_from_a_neighbouring_skill(self):
        self.add_project((self.work_law, 3))
        self.assertEqual(self.row(self.work_law).advice, "recruit")

    def test_one_person_and_no_gap_is_fragile(self):
        row = self.row(self.law)
        self.assertEqual((row.advice, row.gap), ("fragile", 0))
        self.assertEqual(row.sole_partner_id, self.chloe)

    def test_two_people_and_no_gap_is_enough(self):
        self._create_volunteer("Iris", {self.law: 2})
        row = self.row(self.law)
        self.assertEqual(row.advice, "enough")
        self.assertFalse(row.sole_partner_id)

    def test_a_skill_that_no_project_lists_is_not_needed_today(self):
        self._create_volunteer("Iris", {self.work_law: 2})
        self.assertEqual(self.row(self.work_law).advice, "enough")
        self.project.hub_skill_ids.unlink()
        self.assertEqual(self.row(self.work_law).advice, "unused")

    def test_the_most_urgent_comes_first(self):
        (self.bernard | self.denis).hub_skill_ids.unlink()
        self.env.invalidate_all()
        rows = self.env["hub.skill.coverage"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(rows[:2].skill_id.ids, [self.accounting.id, self.law.id])

    def test_the_gap_is_what_no_distribution_of_the_free_places_can_fill(self):
        """Compared with every way to give the places, on small random hubs."""
        rand = random.Random(3)
        (self.bernard | self.chloe | self.denis).hub_role_ids.unlink()
        self.project.active = False
        places, wanted = [], []
        for number in range(6):
            level, capacity = rand.randint(1, 3), rand.randint(0, 1)
            self._create_volunteer(
                f"V{number}", {self.accounting: level}, capacity=capacity or 1
            ).hub_role_ids.write({"capacity": capacity})
            places += [level] * capacity
            self.add_project((self.accounting, rand.randint(1, 3)))
            wanted = (
                self.env["hub.project.skill"]
                .search(
                    [
                        ("skill_id", "=", self.accounting.id),
                        ("lead_id.active", "=", True),
                    ]
                )
                .mapped("level")
            )
            best = most_filled(wanted, places)
            self.assert_row(self.accounting, gap=len(wanted) - best)

    # Behind the numbers

    def test_each_number_opens_as_many_records_as_it_says(self):
        self._active(self.denis)
        self._active(self.chloe)
        self.add_project((self.accounting, 3, {"mandatory": True}))
        self._create_volunteer("Iris", {self.accounting: 2}).hub_role_ids.action_pause()
        row = self.row(self.accounting)
        opened = 0
        for name in NUMBERS:
            if name in ("need_weight", "learner_booked_count", "gap"):
                continue
            if name == "free_place_count":
                continue
            action = row.action_open_behind(name)
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(found), row[name], name)
            opened += len(found)
        self.assertGreater(opened, 5)

    def test_a_number_without_a_list_says_so(self):
        with self.assertRaisesRegex(UserError, "no list"):
            self.row(self.accounting).action_open_behind("need_weight")

    def test_the_words_name_the_people(self):
        self.bernard.hub_role_ids.capacity = 1
        self._active(self.bernard)
        self.add_project((self.accounting, 2))
        words = self.row(self.accounting).words
        self.assertIn("Projects that need it: 2 (covered: 1, waiting", words)
        self.assertIn("no place left: Bernard", words)
        self.assertIn("To train: Denis", words)

    def test_a_training_is_prepared_and_not_yet_kept(self):
        self.bernard.hub_skill_ids.unlink()
        events = self.env["event.event"].search_count([])
        action = self.row(self.accounting).action_prepare_training()
        self.assertEqual(self.env["event.event"].search_count([]), events)
        context = action["context"]
        self.assertIn("Denis", context["default_note"])
        event = (
            self.env["event.event"]
            .with_context(**context)
            .create({"date_begin": date(2030, 1, 7), "date_end": date(2030, 1, 8)})
        )
        self.assertEqual(event.hub_format, "training")
        self.assertIn(self.accounting.name, event.name)
        self.assertFalse(event.event_mail_ids)

    # Chart

    def test_the_chart_shows_both_sides_of_each_skill(self):
        bars = self.env["hub.skill.balance"].search(
            [("skill_id", "=", self.accounting.id)]
        )
        self.assertEqual(
            {bar.side: bar.number for bar in bars},
            {"needed": 1, "offered": 1, "lacking": 1, "free": 3},
        )


@tagged("post_install", "-at_install")
class TestPersonLoad(CoverageCommon):
    """Who carries how much."""

    def test_places_agreed_asked_and_free_are_told_apart(self):
        self.bernard.hub_role_ids.write({"capacity": 4, "capacity_reason": "Retired"})
        self._active(self.bernard)
        self._pair(self.bernard, self.add_project())
        self._active(self.bernard, self.add_project(), role="expert")
        load = self.load(self.bernard)
        found = [
            load[name]
            for name in (
                "followed_count",
                "asked_count",
                "taken_count",
                "besides_count",
                "capacity",
                "free_count",
                "over_count",
            )
        ]
        self.assertEqual(found, [1, 1, 2, 1, 4, 2, 0])
        self.assertEqual(load.state, "free")

    def test_the_same_load_and_places_as_on_the_card_of_the_person(self):
        self._active(self.bernard)
        self._pair(self.bernard, self.add_project())
        load = self.load(self.bernard)
        self.assertEqual(load.followed_count, self.bernard.hub_load)
        self.assertEqual(load.free_count, self.bernard.hub_free_capacity)

    def test_full_and_too_much(self):
        role = self.bernard.hub_role_ids
        role.capacity = 1
        self._active(self.bernard)
        self.assertEqual(self.load(self.bernard).state, "full")
        role.capacity = 0
        load = self.load(self.bernard)
        self.assertEqual((load.state, load.over_count), ("over", 1))

    def test_the_most_loaded_comes_first(self):
        self._active(self.chloe)
        self.env.invalidate_all()
        rows = self.env["hub.person.load"].search(
            [("partner_id", "in", (self.bernard | self.chloe | self.denis).ids)]
        )
        self.assertEqual(rows[:1].partner_id, self.chloe)

    def test_whoever_left_stays_until_the_places_are_handed_over(self):
        pairing = self._active(self.bernard)
        self.bernard.hub_role_ids.date_end = self.today - timedelta(days=1)
        self.assertEqual(self.load(self.bernard).state, "left")
        pairing.action_end(reason="Moved away")
        self.assertFalse(self.load(self.bernard))

    def test_people_away_are_said_to_be_away(self):
        self.bernard.hub_role_ids.action_pause()
        load = self.load(self.bernard)
        self.assertEqual((load.state, load.free_count), ("away", 0))

    def test_skills_carried_alone_are_counted(self):
        self.assertEqual(self.load(self.chloe).sole_count, 1)
        self._create_volunteer("Iris", {self.law: 3})
        self.assertEqual(self.load(self.chloe).sole_count, 0)

    def test_each_number_opens_as_many_records_as_it_says(self):
        self._active(self.bernard)
        self._pair(self.bernard, self.add_project())
        self._active(self.bernard, self.add_project(), role="expert")
        load = self.load(self.bernard)
        for name, number in (
            ("followed_count", 1),
            ("asked_count", 1),
            ("taken_count", 2),
            ("besides_count", 1),
            ("sole_count", 1),
        ):
            action = load.action_open_behind(name)
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual((len(found), load[name]), (number, number), name)


@tagged("post_install", "-at_install")
class TestCoverageScreens(CoverageCommon):
    """What the first page says of it, and what it costs."""

    def _figures(self, role):
        self.env.invalidate_all()
        overview = self.env["hub.overview"].with_user(self.users[role]).get_overview()
        return {figure["key"]: figure for figure in overview["figures"]}

    def _switch(self, on):
        self.env["res.config.settings"].create(
            {"group_hub_feature_pairing": on}
        ).execute()

    def test_the_first_page_counts_what_is_short_and_what_is_fragile(self):
        self._switch(True)
        (self.bernard | self.denis).hub_skill_ids.unlink()
        figures = self._figures("coordinator")
        self.assertEqual(figures["skills_lacking"]["value"], 1)
        self.assertEqual(figures["skills_fragile"]["value"], 1)
        self.assertTrue(figures["skills_lacking"]["urgent"])

    def test_without_the_pairing_screens_the_first_page_says_nothing_of_it(self):
        self._switch(False)
        self.assertNotIn("skills_lacking", self._figures("coordinator"))

    def test_few_and_many_projects_cost_the_same(self):
        def cost():
            costs = []
            for _time in range(2):
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                for model, names in (
                    ("hub.skill.coverage", ["words", "trainee_ids", "person_ids"]),
                    ("hub.person.load", ["state", "sole_count"]),
                    ("hub.skill.balance", ["number"]),
                ):
                    records = self.env[model].with_user(self.users["coordinator"])
                    records.web_search_read([], dict.fromkeys(names, {}))
                costs.append(self.cr.sql_log_count - before)
            return min(costs)

        def fill(number):
            for _number in range(number):
                self.add_project((self.accounting, 2), (self.law, 3))
                type(self).people = getattr(self, "people", 0) + 1
                self._create_volunteer(
                    f"P{self.people}", {self.law: 1, self.work_law: 2}
                )
            self.env.flush_all()

        fill(20)
        few = cost()
        fill(180)
        self.assertEqual(cost(), few)


@tagged("post_install", "-at_install")
class TestCoverageRights(CoverageCommon):
    """Names of people and projects stay with the team."""

    def test_only_the_team_reads_the_figures(self):
        for model in ("hub.skill.coverage", "hub.skill.balance", "hub.person.load"):
            for role, user in self.users.items():
                records = self.env[model].with_user(user)
                with self.subTest(model=model, role=role):
                    if role in ("adviser", "coordinator", "manager"):
                        self.assertTrue(records.search([]))
                    else:
                        with self.assertRaises(AccessError):
                            records.search([])

    def test_nobody_else_opens_what_stands_behind_a_number(self):
        row = self.row(self.accounting)
        load = self.load(self.bernard)
        for role in ("volunteer", "board", "finance", "sales", "employee", "portal"):
            user = self.users[role]
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    row.with_user(user).action_open_behind("need_count")
                with self.assertRaises(AccessError):
                    row.with_user(user).action_prepare_training()
                with self.assertRaises(AccessError):
                    load.with_user(user).action_open_behind("taken_count")

    def test_a_coordinator_of_one_hub_opens_nothing_of_another(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        row = self.row(self.accounting, other)
        with self.assertRaises(AccessError):
            row.with_user(self.users["coordinator"]).action_open_behind("need_count")


def most_filled(wanted, places):
    """How many wanted levels can get a place of their own, by trying every way."""
    if not wanted:
        return 0
    first, rest = wanted[0], wanted[1:]
    best = most_filled(rest, places)
    for index, level in enumerate(places):
        if level >= first:
            left = places[:index] + places[index + 1 :]
            best = max(best, 1 + most_filled(rest, left))
    return best
