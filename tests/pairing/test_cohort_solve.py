import sys
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import PairingCommon


class CohortCommon(PairingCommon):
    """Three projects that wait, and the people of the hub."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bakery = cls._create_project("Bakery", cls.amina, cls.accounting)
        cls.garden = cls._create_project("Garden", cls.amina, cls.law)
        cls.leads = cls.project | cls.bakery | cls.garden
        cls.leads.hub_phase = "diagnosis"
        cls.people = cls.bernard | cls.chloe | cls.denis
        cls.env["hub.role"].search([("partner_id", "in", cls.people.ids)]).capacity = 3

    @classmethod
    def _run(cls, **vals):
        return cls.env["hub.pairing.run"].create(
            {
                "is_cohort": True,
                "lead_ids": [(6, 0, cls.leads.ids)],
                "partner_ids": [(6, 0, cls.people.ids)],
                **vals,
            }
        )

    @classmethod
    def _solved(cls, **vals):
        run = cls._run(**vals)
        run.action_solve()
        return run

    @staticmethod
    def _line(run, lead):
        return run.line_ids.filtered(lambda line: line.lead_id == lead)

    @staticmethod
    def _two(line):
        return line.first_id | line.second_id


@tagged("post_install", "-at_install")
class TestCohortSolve(CohortCommon):
    """Looking for the pairs of several projects together."""

    def test_who_knows_what_is_missing_and_cannot_come_is_named(self):
        self.garden.hub_skill_ids.mandatory = True
        self.env["hub.role"].search([("partner_id", "=", self.chloe.id)]).write(
            {"pause_from": "2020-01-01"}
        )
        reason = self._line(self._solved(), self.garden).reason
        self.assertIn("cannot do without", reason)
        self.assertIn("Chloé: knows Law of cafés, but", reason)

    def test_a_new_cohort_takes_all_that_wait_and_all_that_may(self):
        self.garden.hub_phase = "reception"
        self._pair(self.bernard, self.bakery)
        self._pair(self.chloe, self.bakery)
        run = self.env["hub.pairing.run"].create({"is_cohort": True})
        self.assertEqual(run.lead_ids & self.leads, self.project)
        self.assertLessEqual(self.people, run.partner_ids)

    def test_the_form_of_a_new_cohort_shows_them(self):
        runs = self.env["hub.pairing.run"].with_context(default_is_cohort=True)
        vals = runs.default_get(["lead_ids", "partner_ids", "is_cohort"])
        self.assertTrue(vals["is_cohort"])
        self.assertLessEqual(set(self.leads.ids), set(vals["lead_ids"][0][2]))

    def test_each_project_gets_its_two_people(self):
        run = self._solved()
        self.assertEqual(run.state, "solved")
        line = self._line(run, self.project)
        self.assertEqual(self._two(line), self.bernard | self.chloe)
        self.assertEqual(line.state, "paired")
        self.assertEqual(line.permille, 1000)
        self.assertIn("covers 2 needs of 2", line.words)
        self.assertIn("Bookkeeping of cafés: Bernard", line.covered_by)
        self.assertIn("Law of cafés: Chloé", line.covered_by)
        self.assertIn("3 of 3 projects have their two people", run.summary)

    def test_the_loads_are_told_before_and_after(self):
        self._active(self.bernard, self._create_project("Old", self.amina))
        run = self._solved(lead_ids=[(6, 0, self.project.ids)])
        loads = {
            person.partner_id: (person.load_before, person.load_after, person.capacity)
            for person in run.person_ids
        }
        self.assertEqual(loads[self.bernard], (1, 2, 3))
        self.assertEqual(loads[self.denis], (0, 0, 3))
        self.assertIn("Bernard: 2 of 3", self._line(run, self.project).loads)

    def test_nobody_gets_more_projects_than_agreed(self):
        self.bernard.hub_role_ids.capacity = 1
        run = self._solved()
        lines = run.line_ids.filtered(lambda line: self.bernard in self._two(line))
        self.assertEqual(len(lines), 1)

    def test_nothing_is_created_or_sent_before_propose(self):
        mails = self.env["mail.mail"].search_count([])
        pairings = self.env["hub.pairing"].search_count([])
        self._solved()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["hub.pairing"].search_count([]), pairings)

    def test_who_is_beside_a_project_stays_and_one_more_is_sought(self):
        self._active(self.denis)
        run = self._solved()
        line = self._line(run, self.project)
        self.assertEqual(line.kept_ids, self.denis)
        self.assertEqual(line.first_id, self.denis)
        self.assertEqual(line.sought, 1)
        self.assertIn(line.second_id, self.bernard | self.chloe)

    def test_the_place_of_this_very_project_is_no_load(self):
        self.denis.hub_role_ids.capacity = 1
        self._active(self.denis)
        run = self._solved()
        self.assertEqual(self._line(run, self.project).first_id, self.denis)
        others = run.line_ids - self._line(run, self.project)
        self.assertNotIn(self.denis, others.first_id | others.second_id)

    def test_who_declined_is_not_proposed_again_for_that_project(self):
        pairing = self._pair(self.bernard)
        pairing.action_decline(channel="phone")
        run = self._solved()
        self.assertNotIn(self.bernard, self._two(self._line(run, self.project)))

    def test_who_has_the_address_of_the_holder_is_the_holder(self):
        self.bernard.email = "AMINA@Example.org"
        run = self._solved()
        self.assertNotIn(self.bernard, run.line_ids.first_id | run.line_ids.second_id)
        left = run.person_ids.filtered(lambda p: p.partner_id == self.bernard)
        self.assertIn("same e-mail address", left.reason)

    def test_two_in_conflict_are_never_together(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.chloe.id}
        )
        run = self._solved()
        for line in run.line_ids:
            self.assertNotEqual(self._two(line), self.bernard | self.chloe)

    def test_two_in_conflict_are_no_pair_for_one_project_either(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.chloe.id}
        )
        pairs, _time = self.env["hub.pairing.engine"]._rank(self.project, self.people)
        pairs = [set(pair.volunteers) for pair in pairs]
        self.assertNotIn(set((self.bernard | self.chloe).ids), pairs)

    def test_records_of_sales_are_no_projects(self):
        lead = self.env["crm.lead"].create({"name": "Shop"})
        with self.assertRaisesRegex(ValidationError, "belongs to sales"):
            self._run(lead_ids=[(6, 0, lead.ids)])

    def test_people_who_need_a_reason_come_only_when_asked(self):
        self.chloe.hub_role_ids.trained_on = False
        run = self._solved()
        self.assertNotIn(self.chloe, run.line_ids.first_id | run.line_ids.second_id)
        run.with_warned = True
        run.action_solve()
        line = self._line(run, self.project)
        self.assertIn(self.chloe, self._two(line))
        self.assertIn("has not followed the training", line.warning)

    def test_why_a_project_stays_alone_is_told(self):
        (self.bernard | self.chloe).hub_role_ids.pause_from = "2020-01-01"
        run = self._solved()
        self.assertEqual(set(run.line_ids.mapped("state")), {"alone"})
        reason = self._line(run, self.project).reason
        self.assertIn("1 of 3 people can be proposed", reason)
        self.assertIn("Bernard: is away", reason)
        self.assertIn("0 of 3 projects have", run.summary)

    def test_a_skill_that_nobody_has_is_named(self):
        self.garden.hub_skill_ids.mandatory = True
        self.chloe.hub_skill_ids.unlink()
        reason = self._line(self._solved(), self.garden).reason
        self.assertIn("Nobody who can be proposed brings", reason)
        self.assertIn("Law of cafés", reason)

    def test_without_a_free_place_the_other_projects_are_the_reason(self):
        self.people.hub_role_ids.capacity = 1
        run = self._solved()
        self.assertEqual(len(run.line_ids.filtered("first_id")), 1)
        alone = run.line_ids.filtered(lambda line: line.state == "alone")[:1]
        self.assertIn("no place left beside the other projects", alone.reason)

    def test_without_scipy_it_works_and_says_that_nothing_is_proven(self):
        hidden = {name: None for name in sys.modules if name.startswith("scipy")}
        with patch.dict(sys.modules, hidden | {"scipy": None}):
            run = self._solved()
        self.assertEqual(run.status, "feasible")
        self.assertIn("3 of 3 projects have", run.summary)
        self.assertIn("scipy", run.summary)

    def test_the_summary_says_how_sure_the_result_is(self):
        run = self._solved()
        for status, gap, sentence in (
            ("optimal", 0, "Proven: nothing better exists."),
            ("feasible", 0.004, "At most 0.4 % better is possible."),
            ("feasible", 0, "neither more pairs nor more needs covered"),
            ("partial", 0.3, "The time was over"),
        ):
            run._unguarded().write({"status": status, "gap": gap})
            with patch.object(type(run), "_can_prove", lambda run: True):
                self.assertIn(sentence, run._summary_text())

    def test_a_project_that_has_ended_is_left_out(self):
        run = self._run()
        self.garden.write(
            {"hub_outcome_ids": [(0, 0, {"kind": "stopped", "reason": "Moved"})]}
        )
        self.garden.hub_phase = "closed"
        run.action_solve()
        self.assertEqual(run.line_ids.lead_id, self.project | self.bakery)

    def test_projects_and_people_are_needed(self):
        with self.assertRaisesRegex(UserError, "at least one project"):
            self._run(lead_ids=[]).action_solve()
        with self.assertRaisesRegex(UserError, "at least two people"):
            self._run(partner_ids=[(6, 0, self.denis.ids)]).action_solve()

    def test_a_single_search_is_no_cohort(self):
        run = self.env["hub.pairing.run"].create({"parameters": {}})
        self.assertFalse(run.lead_ids)
        with self.assertRaises(UserError):
            run.action_solve()

    def test_a_dropped_search_is_not_taken_up(self):
        run = self._solved()
        run.action_cancel()
        self.assertEqual(run.state, "cancelled")
        with self.assertRaisesRegex(UserError, "Dropped"):
            run.action_solve()


@tagged("post_install", "-at_install")
class TestCohortChoice(CohortCommon):
    """The coordinator has the last word on each pair."""

    def setUp(self):
        super().setUp()
        self.run_ = self._solved()
        self.line = self._line(self.run_, self.project)

    def test_a_fixed_pair_stays_when_searched_again(self):
        self.line.write({"first_id": self.chloe.id, "second_id": self.denis.id})
        self.assertTrue(self.line.locked)
        self.run_.action_solve()
        self.assertEqual(self._two(self.line), self.chloe | self.denis)

    def test_a_pair_let_go_is_searched_again(self):
        self.line.write({"first_id": self.chloe.id, "second_id": self.denis.id})
        self.line.action_toggle_lock()
        self.run_.action_solve()
        self.assertEqual(self._two(self.line), self.bernard | self.chloe)

    def test_a_swap_says_again_what_follows(self):
        self.line.write({"first_id": self.chloe.id, "second_id": self.denis.id})
        self.assertLess(self.line.permille, 1000)
        self.assertIn("partly", self.line.words)
        self.assertIn("Changed by hand", self.run_.summary)
        self.run_.action_solve()
        self.assertNotIn("Changed by hand", self.run_.summary)

    def test_who_was_taken_off_does_not_come_back(self):
        self.assertEqual(self.line.first_id, self.bernard)
        self.line.action_exclude_first()
        self.assertEqual(self.line.state, "alone")
        self.assertIn("Bernard was taken off", self.line.reason)
        self.run_.action_solve()
        self.assertEqual(self._two(self.line), self.chloe | self.denis)

    def test_the_second_person_can_be_taken_off(self):
        self.line.action_exclude_second()
        self.run_.action_solve()
        self.assertEqual(self._two(self.line), self.bernard | self.denis)

    def test_who_stays_cannot_be_taken_off(self):
        self._active(self.denis, self.bakery)
        self.run_.action_solve()
        line = self._line(self.run_, self.bakery)
        with self.assertRaisesRegex(UserError, "stays"):
            line.action_exclude_first()

    def test_who_stays_cannot_be_swapped(self):
        self._active(self.denis, self.bakery)
        self.run_.action_solve()
        line = self._line(self.run_, self.bakery)
        with self.assertRaisesRegex(UserError, "Denis is beside it already"):
            line.write({"first_id": self.bernard.id, "second_id": self.chloe.id})

    def test_a_pair_is_two_people(self):
        with self.assertRaisesRegex(UserError, "two different people"):
            self.line.second_id = self.line.first_id

    def test_a_choice_by_hand_bends_no_rule_that_stands(self):
        with self.assertRaisesRegex(ValidationError, "carries this project"):
            self.line.first_id = self.amina

    def test_two_in_conflict_are_refused_by_hand(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.denis.id}
        )
        with self.assertRaisesRegex(UserError, "declared conflict"):
            self.line.write({"first_id": self.bernard.id, "second_id": self.denis.id})

    def test_somebody_full_chosen_by_hand_asks_a_reason(self):
        self.denis.hub_role_ids.capacity = 1
        self._active(self.denis, self._create_project("Old", self.amina))
        self.line.second_id = self.denis
        self.assertIn("no free place left (1 of 1)", self.line.warning)
        self.assertEqual(self.line.state, "paired")

    def test_a_pair_can_be_undone_by_hand(self):
        self.line.write({"first_id": False, "second_id": False})
        self.assertEqual((self.line.state, self.line.locked), ("alone", False))
        self.assertIn("Nobody is chosen", self.line.reason)

    def test_one_fixed_person_gets_a_second_one(self):
        self.line.write({"first_id": self.denis.id, "second_id": False})
        self.run_.action_solve()
        self.assertIn(self.denis, self._two(self.line))
        self.assertTrue(self.line.second_id)

    def test_there_is_nobody_to_fix_on_a_project_alone(self):
        self.line.action_exclude_first()
        with self.assertRaisesRegex(UserError, "nobody to fix"):
            self.line.action_toggle_lock()

    def test_the_next_pairs_and_their_price_are_shown(self):
        self.line.action_show_alternatives()
        other = self.line.alternative_ids[0]
        self.assertNotEqual(other.first_id | other.second_id, self._two(self.line))
        self.assertIn("Costs nothing elsewhere", other.cost)

    def test_a_next_pair_is_taken_and_fixed(self):
        self.line.action_show_alternatives()
        other = self.line.alternative_ids[0]
        two = other.first_id | other.second_id
        other.action_take()
        self.assertEqual(self._two(self.line), two)
        self.assertTrue(self.line.locked)
        self.assertFalse(self.line.alternative_ids)

    def test_a_next_pair_that_costs_others_changes_them(self):
        self.people.hub_role_ids.capacity = 1
        self.run_.action_solve()
        alone = self.run_.line_ids.filtered(lambda line: line.state == "alone")[0]
        paired = self.run_.line_ids.filtered(lambda line: line.state == "paired")
        alone.action_show_alternatives()
        other = alone.alternative_ids[0]
        self.assertIn("would have no pair any more", other.cost)
        other.action_take()
        self.assertEqual(alone.state, "paired")
        self.assertEqual(paired.state, "alone")
        self.assertIn("One of its people went to", paired.reason)
