from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import HubCommon
from .committee import CommitteeMixin


@tagged("post_install", "-at_install")
class TestCommitteeLoans(CommitteeMixin, HubCommon):
    """From the application to the vote, and from the vote to the decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_committee()
        cls.loan = cls._applied()

    def _decide(self, result=None, **values):
        """Finance opens the decision, finds it filled in, and records it."""
        action = self.loan.action_decide(result)
        decisions = self.env["hub.loan.decision"].with_context(**action["context"])
        with Form(decisions) as form:
            for name, value in values.items():
                form[name] = value
        return form.record

    # Onto the agenda

    def test_the_next_meeting_of_a_committee_is_proposed(self):
        board = self._create_body(name="Board of all")
        self._plan(board, date=self.meeting.date.replace(microsecond=0))
        wizard = self.env["hub.loan.vote.wizard"].new({})
        self.assertEqual(wizard.meeting_id, self.meeting)

    def test_each_loan_has_a_resolution_under_one_item(self):
        other = self._applied(partner_id=self.denis.id)
        resolutions = self._put_to_vote(self.loan | other)
        self.assertEqual(len(resolutions), 2)
        self.assertEqual(len(resolutions.agenda_item_id), 1)
        third = self._applied(partner_id=self.denis.id)
        self._put_to_vote(third)
        self.assertEqual(third.resolution_id.agenda_item_id, resolutions.agenda_item_id)
        self.assertIn(self.loan.name, self.loan.resolution_id.name)
        self.assertNotIn(
            "Amina", self.loan.resolution_id.name, "the agenda names nobody"
        )

    def test_finance_prepares_until_the_meeting_is_convened(self):
        self._put_to_vote(self.loan, role="finance")
        self.meeting.action_convene()
        late = self._applied(partner_id=self.denis.id)
        with self.assertRaisesRegex(UserError, "closed to you"):
            self._put_to_vote(late, role="finance")
        self._put_to_vote(late, role="coordinator")
        self.assertEqual(late.resolution_id.meeting_id, self.meeting)

    def test_who_brings_a_loan_to_a_meeting(self):
        for role in ("adviser", "board", "volunteer", "employee"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._put_to_vote(self.loan, role=role)

    def test_what_is_not_ready_is_refused(self):
        draft = self._create_loan()
        with self.assertRaisesRegex(UserError, "submit the application first"):
            self._put_to_vote(draft)
        self._put_to_vote(self.loan)
        with self.assertRaisesRegex(UserError, "already put to the vote"):
            self._put_to_vote(self.loan)
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        body = self.env["hub.body"].create(
            {"name": "Theirs", "company_id": second.id, "college_ids": False}
        )
        other = self._applied(partner_id=self.denis.id)
        with self.assertRaisesRegex(UserError, "another hub"):
            self._put_to_vote(other, self._plan(body))
        self.assertFalse(other.resolution_id)

    # From the vote to the decision

    def test_the_vote_fills_the_decision(self):
        resolution = self._put_to_vote(self.loan)
        self._begin([("holders", 1), ("volunteers", 1), ("funders", 1)])
        seat = self._line(self.meeting, "funders", 1)
        resolution.conflict_ids = [
            (0, 0, {"presence_id": seat.id, "reason": "Lends as well"})
        ]
        with self.assertRaisesRegex(ValidationError, "called to vote on"):
            self._decide().action_record()
        self.assertFalse(self.loan.is_vote_to_record)
        resolution.action_unanimous()
        self.assertTrue(self.loan.is_vote_to_record)
        decision = self._decide()
        self.assertEqual(decision.result, "agreed")
        self.assertEqual(decision.date, fields.Date.today())
        self.assertIn("Credit committee", decision.committee)
        self.assertIn("unanimously", decision.vote_words)
        withdrew = decision.member_ids.filtered("withdrew")
        self.assertEqual(withdrew.partner_id, self.people["funders", 1])
        self.assertEqual(withdrew.conflict, "Lends as well")
        self.assertEqual(
            (decision.member_ids - withdrew).partner_id,
            self.people["holders", 1] | self.people["volunteers", 1],
        )

    def _adopt(self):
        resolution = self._put_to_vote(self.loan)
        self._begin()
        resolution.action_unanimous()
        return resolution

    def _reject(self):
        resolution = self._put_to_vote(self.loan)
        self._begin()
        self._ballots(resolution, dict.fromkeys(self.people, "against"))
        resolution.action_close_vote()
        return resolution

    def test_an_adopted_loan_is_agreed_and_bears_its_resolution(self):
        resolution = self._adopt()
        with self.assertRaisesRegex(ValidationError, "says otherwise: Adopted"):
            self._decide("refused", motive="No").action_record()
        decision = self._decide(motive="A good project")
        decision.action_record()
        self.assertEqual(self.loan.state, "approved")
        self.assertEqual(decision.resolution_id, resolution)
        self.assertFalse(self.loan.is_vote_to_record)

    def test_one_click_takes_the_vote_as_well(self):
        resolution = self._adopt()
        self.loan.action_approve()
        self.assertEqual(self.loan.decision_ids.resolution_id, resolution)
        self.assertEqual(len(self.loan.decision_ids.member_ids), 5)

    def test_a_rejected_loan_is_not_agreed(self):
        self._reject()
        with self.assertRaisesRegex(ValidationError, "says otherwise"):
            self.loan.action_approve()
        decision = self._decide(motive="Too early")
        self.assertEqual(decision.result, "refused")
        decision.action_record()
        self.assertEqual(self.loan.state, "refused")

    def test_a_withdrawn_resolution_stands_in_nobodys_way(self):
        resolution = self._put_to_vote(self.loan)
        resolution.action_withdraw()
        self.loan.action_approve()
        self.assertEqual(self.loan.state, "approved")
        self.assertFalse(self.loan.decision_ids.resolution_id)

    def test_where_no_vote_is_held_a_decision_is_written_as_before(self):
        self.assertFalse(self.loan._decision_proposal())
        self.loan.action_approve()
        self.assertEqual(self.loan.state, "approved")

    # A vote is not exchanged for another

    def test_a_vote_stays_with_the_decision(self):
        resolution = self._adopt()
        another = self._resolution(self._plan(), "Another")
        finance = self.loan.with_user(self.users["finance"])
        for value in (another.id, False):
            with self.assert_rule("write that decision down"):
                finance.resolution_id = value
        self.loan.action_approve()
        for value in (another.id, False):
            with self.assert_rule("stays with it"):
                finance.resolution_id = value
        self.assertEqual(self.loan.resolution_id, resolution)
        decision = self.loan.decision_ids.with_user(self.users["finance"])
        with self.assertRaises(UserError):
            decision.resolution_id = another
        with self.assert_rule("is not typed in"):
            decision.create({"loan_id": self.loan.id, "resolution_id": another.id})

    def test_an_open_vote_is_not_left(self):
        resolution = self._put_to_vote(self.loan)
        self._begin()
        resolution.action_open_vote()
        with self.assert_rule("is open"):
            self.loan.resolution_id = False

    def test_a_loan_goes_to_the_vote_again(self):
        first = self._adopt()
        self.loan.action_approve()
        self.loan.action_back_to_committee()
        self.assertFalse(self.loan._decision_proposal(), "recorded already")
        second = self._put_to_vote(self.loan, self._plan())
        self.assertNotEqual(first, second)
        self.assertEqual(self.loan.decision_ids.resolution_id, first)

    def test_a_vote_of_a_meeting_recorded_afterwards_is_named(self):
        past = self._plan(date="2026-01-05 18:00:00")
        past.action_record_past()
        for seat in self.people:
            self._line(past, *seat).action_present()
        resolution = self._resolution(past, "The loan")
        resolution.action_unanimous()
        self.loan.resolution_id = resolution
        decision = self._decide()
        self.assertEqual(str(decision.date), "2026-01-05")
        decision.action_record()
        self.assertEqual(decision.resolution_id, resolution)

    # Whom it concerns

    def test_whoever_gains_by_the_loan_leaves_the_vote(self):
        association = self.env["res.partner"].create(
            {"name": "Les Ateliers", "is_company": True}
        )
        self.mandates["qualified", 1].represented_id = association
        self.people["volunteers", 1].parent_id = association
        lead = self.env["crm.lead"].create(
            {
                "name": "Workshops",
                "is_hub_project": True,
                "partner_id": self.people["holders", 1].id,
            }
        )
        loan = self._applied(
            lead_id=lead.id,
            partner_id=association.id,
            co_borrower_ids=[(6, 0, self.people["employees", 1].ids)],
        )
        resolution = self._put_to_vote(loan)
        self._begin()
        resolution.entry = "ballots"
        resolution.action_open_vote()
        self.assertEqual(
            set(resolution.conflict_ids.presence_id.mapped("name")),
            {"Holders 1", "Qualified 1", "Volunteers 1", "Employees 1"},
        )
        for code in ("holders", "qualified", "volunteers", "employees"):
            self.assertTrue(loan._concerns(self.people[code, 1]), code)
        self.assertFalse(loan._concerns(self.people["funders", 1]))
        decision = self.env["hub.loan.decision"].new({"loan_id": loan.id})
        line = decision.member_ids.new(
            {"decision_id": decision, "partner_id": self.people["qualified", 1].id}
        )
        self.assertIn("speaks for who does", line._conflict_problem())
