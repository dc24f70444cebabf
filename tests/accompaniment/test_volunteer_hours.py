from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import HubCommon


class HoursMixin:
    """Paul and Nadia accompany since January 2026; today is 10 March 2026."""

    @classmethod
    def _set_up_hours(cls):
        cls.paul = cls.env["res.partner"].create({"name": "Paul"})
        cls.nadia = cls.users["volunteer"].partner_id
        cls._role(cls.paul)
        cls._role(cls.nadia)
        cls._role(cls.users["adviser"].partner_id, kind="employee")
        cls.hours = cls.env["hub.volunteer.hours"]

    @classmethod
    def _role(cls, person, kind="volunteer", **vals):
        return cls.env["hub.role"].create(
            {
                "partner_id": person.id,
                "kind": kind,
                "date_start": "2026-01-05",
                **vals,
            }
        )

    def _time(self, hours=2.0, person=None, role="coordinator", **vals):
        return self.hours.with_user(self.users[role]).create(
            {
                "partner_id": (person or self.paul).id,
                "date": "2026-03-02",
                "hours": hours,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestVolunteerHours(HoursMixin, HubCommon):
    """Time given: what is refused, who validates, what it is worth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hours()

    def assert_refused(self, words, **vals):
        with self.assertRaisesRegex(ValidationError, words):
            self._time(**vals)

    def test_time_is_more_than_nothing(self):
        for hours in (0, -1, 0.00001):
            self.assert_refused("more than nothing", hours=hours)

    def test_a_day_has_24_hours_for_one_person(self):
        self._time(14)
        self._time(10)
        self.assert_refused("24", hours=0.25)
        self._time(14, person=self.nadia)
        self._time(0.25, date="2026-03-03")

    def test_a_day_has_24_hours_when_a_line_is_changed(self):
        first = self._time(14)
        self._time(10)
        with self.assertRaisesRegex(ValidationError, "24"):
            first.hours = 15
        other = self._time(5, date="2026-03-03")
        with self.assertRaisesRegex(ValidationError, "24"):
            other.date = "2026-03-02"

    def test_a_day_has_24_hours_in_all_hubs_together(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self._role(self.paul, company_id=other.id)
        self._time(14)
        with self.assertRaisesRegex(ValidationError, "24"):
            self.hours.create(
                {
                    "partner_id": self.paul.id,
                    "company_id": other.id,
                    "date": "2026-03-02",
                    "hours": 11,
                }
            )

    def test_what_is_not_counted_leaves_the_day_free(self):
        self._time(20).action_archive()
        line = self._time(20)
        archived = self.hours.with_context(active_test=False).search(
            [("partner_id", "=", self.paul.id), ("active", "=", False)]
        )
        with self.assertRaisesRegex(ValidationError, "24"):
            archived.active = True
        self.assertTrue(line)

    def test_time_to_come_is_refused(self):
        self.assert_refused("still to come", date="2026-03-11")

    def test_time_before_the_role_says_when_it_began(self):
        self.assert_refused("begins on 01/05/2026", date="2026-01-04")
        self.assertTrue(self._time(date="2026-01-05"))

    def test_time_after_the_role_says_when_it_ended(self):
        self.paul.hub_role_ids.date_end = "2026-03-01"
        self.assert_refused("ended on 03/01/2026", date="2026-03-02")
        self.assertTrue(self._time(date="2026-03-01"))

    def test_time_of_somebody_without_a_role_says_to_add_it(self):
        lea = self.env["res.partner"].create({"name": "Léa"})
        self.assert_refused("Add the role first", person=lea)
        self._role(lea, kind="holder")
        self.assert_refused("Add the role first", person=lea)

    def test_time_is_given_as_what_the_person_was_on_that_day(self):
        self.paul.hub_role_ids.date_end = "2026-02-28"
        self._role(self.paul, kind="employee", date_start="2026-03-01")
        lines = self._time(date="2026-02-28") | self._time(date="2026-03-01")
        self.assertEqual(lines.mapped("role_kind"), ["volunteer", "employee"])

    # Validation

    def test_hours_start_to_be_validated_and_by_whom_is_kept(self):
        line = self._time()
        self.assertEqual((line.state, line.source), ("draft", "own"))
        line.with_user(self.users["adviser"]).action_validate()
        self.assertEqual(line.state, "validated")
        self.assertEqual(line.validated_by_id, self.users["adviser"])

    def test_validate_all_without_a_selection_takes_all_that_wait(self):
        lines = self._time() | self._time(person=self.nadia)
        self.hours.with_user(self.users["adviser"]).action_validate()
        self.assertEqual(set(lines.mapped("state")), {"validated"})

    def test_what_is_validated_is_set_back_before_it_changes(self):
        line = self._time()
        line.action_validate()
        for vals in ({"hours": 3}, {"date": "2026-03-03"}, {"active": False}):
            with self.assertRaisesRegex(UserError, "sets it back"):
                line.write(vals)
        with self.assertRaisesRegex(UserError, "sets it back"):
            line.unlink()
        line.action_draft()
        line.hours = 3
        self.assertFalse(line.validated_by_id)

    def test_nobody_types_in_that_hours_are_validated(self):
        for vals in ({"state": "validated"}, {"source": "event"}):
            with self.assertRaises(UserError):
                self._time(**vals)
            with self.assertRaises(UserError):
                self._time(0.5).write(vals)

    # Rights

    def test_a_volunteer_writes_own_time_only(self):
        mine = self._time(person=self.nadia, role="volunteer")
        theirs = self._time()
        hours = self.hours.with_user(self.users["volunteer"])
        self.assertEqual(hours.search([]), mine)
        with self.assertRaises(AccessError):
            self._time(role="volunteer")
        with self.assertRaises(AccessError):
            mine.partner_id = self.paul
        self.assertFalse(theirs.with_user(self.users["volunteer"]).has_access("read"))
        with self.assertRaises(UserError):
            mine.action_validate()

    def test_a_volunteer_names_no_project_that_is_not_accompanied(self):
        project = self.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "hub_holder_ids": [
                    Command.create({"partner_id": self.paul.id, "is_contact": True})
                ],
            }
        )
        with self.assertRaises(AccessError):
            self._time(person=self.nadia, role="volunteer", lead_id=project.id)
        mine = self._time(person=self.nadia, role="volunteer")
        with self.assertRaises(AccessError):
            mine.lead_id = project
        self.assertTrue(self._time(lead_id=project.id))

    def test_an_adviser_validates_all_and_writes_own(self):
        theirs = self._time()
        with self.assertRaises(AccessError):
            theirs.with_user(self.users["adviser"]).hours = 3
        with self.assertRaises(AccessError):
            self._time(role="adviser")
        me = self.users["adviser"].partner_id
        self.assertTrue(self._time(person=me, role="adviser"))
        theirs.with_user(self.users["adviser"]).action_validate()
        with self.assertRaises(UserError):
            theirs.with_user(self.users["adviser"]).action_draft()

    def test_finance_reads_hours_without_project_nor_words(self):
        line = self._time().with_user(self.users["finance"])
        self.assertEqual(line.hours, 2)
        for name in ("name", "lead_id"):
            with self.assertRaises(AccessError):
                line.read([name])
        with self.assertRaises(AccessError):
            line.hours = 3
        with self.assertRaises(UserError):
            line.action_validate()

    # Value

    def _rate(self, rate, day="2026-01-01", function=False):
        return (
            self.env["hub.hours.rate"]
            .with_user(self.users["finance"])
            .create({"rate": rate, "date_start": day, "function": function})
        )

    def test_hours_are_worth_the_rate_of_their_day_and_function(self):
        self._rate(10)
        self._rate(12, "2026-03-02")
        self._rate(20, "2026-02-01", "management")
        lines = (
            self._time(1.5, date="2026-03-01")
            | self._time(1.5)
            | self._time(1.5, function="management")
            | self._time(1.5, function="management", date="2026-01-31")
        )
        self.assertEqual(lines.mapped("value"), [15, 18, 30, 15])

    def test_hours_before_any_rate_and_paid_hours_are_worth_nothing(self):
        self._rate(10, "2026-03-02")
        me = self.users["adviser"].partner_id
        lines = self._time(date="2026-03-01") | self._time(person=me)
        self.assertEqual(lines.mapped("value"), [0, 0])

    def test_a_corrected_rate_values_again(self):
        line = self._time()
        rate = self._rate(10)
        self.assertEqual(line.value, 20)
        rate.rate = 11
        self.assertEqual(line.value, 22)
        rate.unlink()
        self.assertEqual(line.value, 0)

    def test_the_value_is_rounded_as_money(self):
        self._rate(11.07)
        self.assertEqual(self._time(0.25).value, 2.77)

    # Screens

    def test_the_overview_counts_what_waits(self):
        self._time()
        self._time(person=self.nadia).action_validate()
        overview = self.env["hub.overview"].with_user(self.users["adviser"])
        figures = {f["key"]: f["value"] for f in overview._get_figures()}
        self.assertEqual(figures["hours_to_validate"], 1)

    def test_the_export_is_readable(self):
        line = self._time(function="network").with_user(self.env.user)
        names = ["date", "partner_id", "hours", "function", "state", "role_kind"]
        [row] = line.export_data(names)["datas"]
        words = ["Paul", 2.0, "Life of the network", "To validate", "Volunteer"]
        self.assertEqual(row[1:], words)
