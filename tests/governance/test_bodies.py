from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestBodies(GovernanceMixin, HubCommon):
    """Who sits where, for which college, until when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.today = fields.Date.today()

    def _mandate(self, person, code="volunteers", **vals):
        return self.env["hub.mandate"].create(
            {
                "body_id": self.body.id,
                "partner_id": person.id,
                "college_id": self.colleges[code].id,
                **vals,
            }
        )

    # Bodies

    def test_a_new_board_begins_simply(self):
        form = Form(self.env["hub.body"])
        form.kind = "board"
        self.assertEqual(form.name, "Board")
        body = form.save()
        self.assertEqual(body.membership, "mandate")
        self.assertEqual((body.method, body.threshold), ("heads", "1/2"))
        self.assertEqual(body.quorum, "1/2")
        self.assertEqual(
            body.college_ids.college_id, self.env["hub.college"].search([])
        )

    def test_a_new_assembly_is_for_everybody_of_the_colleges(self):
        form = Form(self.env["hub.body"])
        form.kind = "assembly"
        self.assertEqual(form.membership, "everyone_of_college")
        self.assertEqual(form.notice_days, 15)
        self.assertFalse(form.quorum)

    def test_a_part_is_a_part(self):
        for name, wrong in (
            ("threshold", "often"),
            ("threshold", "0"),
            ("quorum", "3/2"),
            ("college_quorum", "120 %"),
        ):
            with self.subTest(name=name), self.assert_rule(wrong):
                self.body[name] = wrong
        for good in ("2/3", "75 %", "0,6"):
            self.body.threshold = good

    def test_the_rule_of_a_vote_is_said_in_words(self):
        self.body.write({"threshold": "2/3", "base": "present_represented"})
        self.assertEqual(
            self.body.vote_words,
            "at least 2/3 of those present or represented, each person one vote",
        )
        self.body.write({"threshold": "1/2", "method": "college_block"})
        self.assertIn("more than half", self.body.vote_words)

    @mute_logger("odoo.sql_db")
    def test_a_college_sits_once_in_a_body(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["hub.body.college"].create(
                {"body_id": self.body.id, "college_id": self.colleges["funders"].id}
            )

    # Warnings

    def test_vacant_seats_are_said(self):
        self.assertFalse(self.body.warnings)
        self.mandates["employees", 1].date_end = self.today - timedelta(days=1)
        self.assertIn("Employees: 2 seats of 3 filled, 1 vacant", self.body.warnings)
        line = self.body.college_ids.filtered(
            lambda one: one.college_id == self.colleges["employees"]
        )
        line.seats_min = 3
        self.assertIn("fewer than the 3", self.body.warnings)

    def test_mandates_that_end_soon_are_said_and_found(self):
        mandate = self.mandates["funders", 2]
        mandate.date_end = self.today + timedelta(days=30)
        self.assertTrue(mandate.is_ending)
        self.assertIn("within three months: Funders 2", self.body.warnings)
        found = self.env["hub.mandate"].search([("is_ending", "=", True)])
        self.assertEqual(found, mandate)
        others = self.env["hub.mandate"].search([("is_ending", "=", False)])
        self.assertNotIn(mandate, others)
        both = self.env["hub.mandate"].search([("is_ending", "in", [True, False])])
        self.assertEqual(len(both), 15)

    def test_a_scic_is_warned_of_weights_outside_what_the_law_allows(self):
        """Real weights of a cooperative: 30, 30, 15, 15, 5 and 5."""
        weights = dict(zip(self.body.college_ids, (30, 30, 15, 20, 5), strict=True))
        for line, weight in weights.items():
            line.weight = weight
        self.body.method = "college_proportional"
        self.assertNotIn("SCIC", self.body.warnings or "")
        self.company.hub_is_scic = True
        self.assertIn("Funders has 5 % of the votes", self.body.warnings)
        self.assertEqual(self.body.warnings.count("SCIC"), 1)
        self.body.college_ids[0].weight = 90
        self.assertIn("Qualified persons has 56.25 %", self.body.warnings)
        self.body.method = "heads"
        self.assertNotIn("SCIC", self.body.warnings or "")

    def test_weights_just_at_the_limits_are_allowed(self):
        self.company.hub_is_scic = True
        self.body.method = "college_block"
        for line, weight in zip(
            self.body.college_ids, (50, 10, 10, 10, 20), strict=True
        ):
            line.weight = weight
        self.assertNotIn("SCIC", self.body.warnings or "")

    # Mandates

    def test_no_more_mandates_than_seats(self):
        person = self._person("Fourth", "volunteer")
        with self.assert_rule("has 3 seats for “Volunteers”"):
            self._mandate(person)
        self.mandates["volunteers", 1].date_end = self.today - timedelta(days=1)
        self._mandate(person, date_start=self.today)
        with self.assert_rule("all are filled"):
            self._mandate(
                self._person("Fifth", "volunteer"),
                date_start="2023-06-01",
                date_end="2024-06-01",
                eligibility_reason="x",
            ).date_end = "2025-06-01"

    def test_a_mandate_before_or_after_all_others_has_a_seat(self):
        for mandate in self.mandates.values():
            mandate.date_end = self.today
        self._mandate(
            self._person("Later", "volunteer"),
            date_start=self.today + timedelta(days=1),
        )
        self._mandate(
            self._person("Before", "volunteer"),
            date_start="2022-01-01",
            date_end="2023-12-31",
        )

    def test_seats_are_not_taken_away_from_those_who_sit(self):
        line = self.body.college_ids[0]
        with self.assert_rule("has 2 seats"):
            line.seats_max = 2
        line.seats_max = 4
        with self.assert_rule("keep it for the register"):
            line.unlink()

    def test_a_college_that_does_not_sit_has_no_mandate(self):
        body = self._create_body(codes=("volunteers", "funders"))
        with self.assert_rule("choose one of the colleges that sit there"):
            self._mandate(
                self._person("Anne", "employee"), "employees", body_id=body.id
            )

    def test_whoever_sits_has_the_role_or_a_reason(self):
        outsider = self.env["res.partner"].create({"name": "Outsider"})
        self.mandates["volunteers", 1].date_end = self.today - timedelta(days=1)
        with self.assert_rule("has not the role “Volunteer”"):
            self._mandate(outsider, date_start=self.today)
        self._mandate(
            outsider, date_start=self.today, eligibility_reason="Elected in May"
        )

    def test_former_holders_sit_for_the_holders_and_former_volunteers_do_not(self):
        for code, kind, refused in (
            ("holders", "holder", False),
            ("volunteers", "volunteer", True),
        ):
            self.mandates[code, 1].date_end = self.today - timedelta(days=1)
            person = self.env["res.partner"].create({"name": f"Former {kind}"})
            self.env["hub.role"].create(
                {
                    "partner_id": person.id,
                    "kind": kind,
                    "date_start": "2019-01-01",
                    "date_end": "2020-01-01",
                }
            )
            vals = {"date_start": self.today}
            if refused:
                with self.assert_rule("has not the role"):
                    self._mandate(person, code, **vals)
            else:
                self._mandate(person, code, **vals)

    def test_the_role_of_the_organisation_counts(self):
        bank = self._person("Bank", "funder", is_company=True)
        person = self.env["res.partner"].create({"name": "Delegate"})
        self.mandates["funders", 1].date_end = self.today - timedelta(days=1)
        mandate = self._mandate(
            person, "funders", represented_id=bank.id, date_start=self.today
        )
        self.assertEqual(mandate.state, "active")

    def test_an_assembly_of_everybody_needs_no_mandate(self):
        assembly = self._create_body(membership="everyone_of_college")
        with self.assert_rule("no mandate is needed"):
            self._mandate(self.people["volunteers", 1], body_id=assembly.id)
        with self.assert_rule("has mandates"):
            self.body.membership = "everyone_of_college"

    def test_the_length_of_a_mandate_is_proposed(self):
        self.body.term_months = 36
        self.mandates["employees", 1].date_end = self.today - timedelta(days=1)
        mandate = self._mandate(
            self._person("Anne", "employee"), "employees", date_start="2026-12-01"
        )
        self.assertEqual(mandate.date_end, fields.Date.to_date("2029-11-30"))

    def test_a_mandate_is_renewed_from_the_day_after(self):
        mandate = self.mandates["employees", 1]
        mandate.date_end = "2027-05-31"
        action = mandate.action_renew()
        form = Form(self.env["hub.mandate"].with_context(**action["context"]))
        renewed = form.save()
        self.assertEqual(renewed.date_start, fields.Date.to_date("2027-06-01"))
        self.assertEqual(renewed.partner_id, mandate.partner_id)

    def test_states_are_found_by_searching(self):
        mandate = self.mandates["employees", 1]
        mandate.date_end = self.today - timedelta(days=1)
        for state, count in (("ended", 1), ("active", 14), ("upcoming", 0)):
            found = self.env["hub.mandate"].search([("state", "=", state)])
            self.assertEqual(len(found), count)
            self.assertLessEqual(set(found.mapped("state")), {state})

    # Who sits, by role

    def test_everybody_of_the_colleges_sits_once_in_the_first_college(self):
        assembly = self._create_body(membership="everyone_of_college")
        both = self._person("Both", "volunteer")
        self.env["hub.role"].create(
            {"partner_id": both.id, "kind": "holder", "date_start": "2020-01-01"}
        )
        former = self._person("Gone", "employee")
        former.hub_role_ids.date_end = "2021-01-01"
        archived = self._person("Archived", "employee")
        archived.active = False
        seats = assembly._seats_on(self.today)[assembly]
        people = [seat.partner for seat in seats]
        self.assertEqual(len(people), len(set(people)))
        found = {seat.partner: seat.college for seat in seats}
        self.assertEqual(found[both], self.colleges["holders"])
        self.assertNotIn(former, found)
        self.assertNotIn(archived, found)
        self.assertEqual(assembly.member_count, len(seats))

    def test_a_body_without_colleges_has_mandates_without_college(self):
        body = self._create_body(codes=())
        mandate = self._mandate(
            self.people["funders", 1], body_id=body.id, college_id=False
        )
        self.assertEqual(body._seats_on(self.today)[body][0].mandate, mandate)
        with self.assert_rule("none, leave it empty"):
            self._mandate(self.people["funders", 2], "funders", body_id=body.id)

    def test_a_quorum_of_each_college_needs_colleges(self):
        with self.assert_rule("has no college"):
            self._create_body(codes=(), college_quorum="1/2")

    def test_copying_a_body_copies_its_colleges_and_no_mandate(self):
        copied = self.body.copy()
        self.assertEqual(
            copied.college_ids.mapped("weight"), self.body.college_ids.mapped("weight")
        )
        self.assertFalse(copied.mandate_ids)

    def test_a_second_seat_in_the_same_college_is_refused_too(self):
        person = self.people["volunteers", 1]
        with self.assert_rule("one seat at a time"):
            self._mandate(person, date_start=self.today)
