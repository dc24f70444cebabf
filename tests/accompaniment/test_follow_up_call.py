from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .follow_up import FollowUpMixin


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestFollowUpCall(FollowUpMixin, HubCommon):
    """The screen of the call, and what follows from its answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()
        cls.outcome = cls._created()
        cls.six, cls.year = (cls._row(cls.outcome, m) for m in ("m06", "m12"))
        cls.follow_ups._handle_due()

    def test_an_answer_is_noted_with_who_asked_and_how(self):
        self._call(
            self.year,
            alive="active",
            own_jobs=1,
            salaried_jobs=2,
            jobs_fte=2.5,
            turnover=41000,
            words="Looks for a shop",
        )
        self.assertRecordValues(
            self.year,
            [
                {
                    "state": "done",
                    "done_on": self._day("2025-02-10"),
                    "channel": "phone",
                    "asked_by_id": self.adviser.id,
                    "jobs": 3,
                    "jobs_fte": 2.5,
                    "turnover": 41000,
                    "words": "Looks for a shop",
                }
            ],
        )
        self.assertFalse(self.project.activity_ids)
        self.assertEqual(self.project.hub_phase, "accompaniment")
        self.assertEqual(self.project.hub_next_follow_up_on, self._day("2027-01-10"))

    def test_the_screen_shows_number_and_former_answers(self):
        self._call(self.six, alive="active", own_jobs=1)
        action = self.year.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertEqual(form.phone, "06 39 98 20 20")
        self.assertIn("alive, people at work: 1", form.former)

    def test_a_former_answer_is_corrected_not_typed_again(self):
        self._call(self.year, alive="active", own_jobs=1, words="Here")
        self._call(self.year, own_jobs=2)
        self.assertEqual((self.year.own_jobs, self.year.words), (2, "Here"))

    def test_an_answer_about_the_activity_is_needed(self):
        with self.assertRaises(AssertionError):
            self._call(self.year)
        with self.assertRaisesRegex(ValidationError, "noted together"):
            self.year.with_user(self.adviser).done_on = "2025-02-01"

    def test_a_stopped_activity_closes_the_looks_back_that_follow(self):
        self._call(self.six, alive="stopped", stopped_on="2024-06-01")
        rest = self.outcome.follow_up_ids - self.six
        self.assertEqual(rest.mapped("state"), ["closed"] * 3)
        self.assertFalse(self.project.activity_ids)
        self.follow_ups._handle_due()
        self.assertFalse(self.project.activity_ids)
        with self.assertRaisesRegex(UserError, "no longer to be asked"):
            rest[0].with_user(self.adviser).action_no_answer()

    def test_a_stop_noted_by_mistake_opens_them_again(self):
        self._call(self.six, alive="stopped")
        self._call(self.six, alive="active", own_jobs=1)
        rest = self.outcome.follow_up_ids - self.six
        self.assertEqual(rest.mapped("state"), ["due", "planned", "planned"])
        self._call(self.six, alive="stopped")
        self.six.with_user(self.adviser).action_reopen()
        self.assertEqual(rest.mapped("state"), ["due", "planned", "planned"])
        self.assertEqual((self.six.state, self.six.jobs), ("missed", 0))

    def test_a_stop_that_came_later_leaves_the_days_before_open(self):
        outcome = self._created(self._project("Café"), day="2021-01-10")
        year, three = self._row(outcome, "m12"), self._row(outcome, "m36")
        self._call(year, alive="stopped", stopped_on="2024-06-01")
        self.assertFalse(three.is_closed)
        self.assertTrue(self._row(outcome, "m60").is_closed)

    def test_jobs_of_an_activity_that_has_stopped_are_none(self):
        self._call(self.year, alive="active", own_jobs=1, salaried_jobs=1, turnover=9)
        self._call(self.year, alive="stopped")
        self.assertEqual((self.year.jobs, self.year.turnover), (0, 0))

    def test_dates_and_numbers_that_cannot_be_are_refused(self):
        adviser = self.year.with_user(self.adviser)
        self._call(self.year, alive="stopped")
        for vals, words in (
            ({"done_on": "2025-03-01"}, "before it is given"),
            ({"stopped_on": "2025-02-11"}, "lies between"),
            ({"stopped_on": "2023-12-31"}, "lies between"),
            ({"alive": "active", "stopped_on": "2025-01-01"}, "lies between"),
            ({"alive_quantity": 2}, "no more are alive"),
            ({"alive_quantity": -1}, "no more are alive"),
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                adviser.write(vals)

    def test_the_plan_is_not_typed_in(self):
        for vals in (
            {"planned_on": "2020-01-01"},
            {"moment": "m36"},
            {"lead_id": self._project("Other").id},
            {"outcome_id": False},
            {"is_closed": True},
            {"tries": 2},
        ):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                self.year.with_user(self.users["manager"]).write(vals)

    # Lost contact

    def test_after_three_calls_without_an_answer_it_is_not_known(self):
        row = self.year.with_user(self.adviser)
        row.action_no_answer()
        self.assertEqual((row.tries, row.state), (1, "due"))
        self.assertEqual(
            self.project.activity_ids.date_deadline, self._day("2025-02-17")
        )
        row.action_no_answer()
        self.assertEqual((row.tries, row.state), (2, "due"))
        row.action_no_answer()
        self.assertRecordValues(
            row,
            [
                {
                    "state": "unknown",
                    "alive": "unknown",
                    "done_on": self._day("2025-02-10"),
                    "asked_by_id": self.adviser.id,
                }
            ],
        )
        self.assertFalse(self.project.activity_ids)
        rest = self.outcome.follow_up_ids - self.six - self.year
        self.assertEqual(rest.mapped("state"), ["planned", "planned"])
        with self.assertRaises(UserError):
            row.action_no_answer()

    def test_somebody_who_answers_after_all_is_noted(self):
        for _time in range(3):
            self.year.with_user(self.adviser).action_no_answer()
        self._call(self.year, alive="transferred", salaried_jobs=4)
        self.assertEqual((self.year.state, self.year.jobs), ("done", 4))

    # Situations, for the funders

    def _situations(self, lead=None):
        situations = (lead or self.project).hub_holder_ids.situation_ids
        return [(s.moment, s.status, str(s.date)) for s in situations]

    def _call_with_situation(self, row, role="adviser", status="self_employed", **vals):
        action = row.with_user(self.users[role]).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.users[role])
        form = Form(calls.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        with form.situation_ids.edit(0) as line:
            line.status = status
        form.save().action_save()

    def test_the_situation_after_six_months_is_noted_on_the_same_screen(self):
        self._call_with_situation(self.six, alive="active")
        self.assertEqual(
            self._situations(), [("plus_6", "self_employed", "2025-02-10")]
        )
        self._call_with_situation(self.six, status="employee")
        self.assertEqual(self._situations(), [("plus_6", "employee", "2025-02-10")])

    def test_only_the_look_back_after_six_months_asks_for_it(self):
        action = self.year.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))

    def test_nothing_told_is_nothing_noted(self):
        self._call(self.six, alive="active")
        self.assertFalse(self._situations())

    def test_who_may_not_note_situations_notes_the_rest(self):
        self.project.user_id = self.users["manager"]
        action = self.six.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))
        form.alive = "active"
        form.save().action_save()
        self.assertEqual(self.six.alive, "active")

    def test_after_another_exit_the_situation_is_the_answer(self):
        lead = self._project("Café")
        self.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": "job", "date": "2024-08-01"}
        )
        lead.hub_phase = "closed"
        row = lead.hub_follow_up_ids
        self.assertEqual(row.state, "due")
        self._call_with_situation(row, status="employee")
        self.assertEqual(row.state, "done")
        self.assertFalse(row.alive)
        self.assertEqual(self._situations(lead), [("plus_6", "employee", "2025-02-10")])
        row.with_user(self.adviser).action_reopen()
        for _time in range(3):
            row.with_user(self.adviser).action_no_answer()
        self.assertEqual(row.state, "unknown")

    def test_organisations_have_no_situation(self):
        self.amina.is_company = True
        action = self.six.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))
