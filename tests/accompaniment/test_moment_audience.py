from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestMomentAudience(MomentsCommon):
    """To whom a moment is open: roles, colleges, clubs, and those on the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breakfast.hub_open_holders = True
        cls.training = cls._event("2026-03-25", "training", hub_open_volunteers=True)
        cls.awareness = cls._event("2026-03-26", "awareness")
        cls.events = cls.breakfast + cls.training + cls.awareness

    def _role(self, partner, kind, **vals):
        return self.env["hub.role"].create(
            {
                "partner_id": partner.id,
                "kind": kind,
                "date_start": "2026-01-01",
                **vals,
            }
        )

    def _mine(self, partner):
        domain = self.env["event.event"]._hub_domain_for(partner)
        return self.events & self.env["event.event"].search(domain)

    def test_nothing_is_open_to_anybody_before_somebody_says_so(self):
        events = self.env["event.event"].with_user(self.users["coordinator"])
        form = Form(
            events.with_context(default_hub_format="breakfast"),
            view="solidarity_hub.hub_moment_view_form",
        )
        form.name = "Half filled"
        event = form.save()
        self.assertEqual((event.date_end - event.date_begin).seconds, 7200)
        self._role(self.amina, "holder")
        self.events += event
        self.assertNotIn(event, self._mine(self.amina))
        event.hub_open_holders = True
        self.assertIn(event, self._mine(self.amina))

    def test_a_series_is_open_to_whom_its_format_is_for(self):
        for hub_format, holders, volunteers in (
            ("breakfast", True, False),
            ("training", False, True),
            ("review", True, True),
            ("awareness", False, False),
        ):
            with self.subTest(hub_format):
                form = Form(self.env["hub.moment.series"])
                form.hub_format = hub_format
                self.assertEqual(form.hub_open_holders, holders)
                self.assertEqual(form.hub_open_volunteers, volunteers)

    def test_holders_of_today_find_what_is_open_to_holders(self):
        self._role(self.amina, "holder")
        self._role(self.karim, "holder", date_end="2026-02-01")
        self._role(self.lea, "holder", date_start="2026-04-01")
        self.assertEqual(self._mine(self.amina), self.breakfast)
        self.assertFalse(self._mine(self.karim) | self._mine(self.lea))

    def test_whoever_carries_a_project_is_a_holder_from_the_reception_on(self):
        lead = self._project(self.amina)
        self.assertEqual(lead.hub_phase, "reception")
        self.assertEqual(self._mine(self.amina), self.breakfast)
        lead.hub_phase = "closed"
        self.assertFalse(self._mine(self.amina))

    def test_volunteers_find_trainings(self):
        self._role(self.paul, "volunteer")
        self.assertEqual(self._mine(self.paul), self.training)

    def test_a_college_finds_what_is_open_to_it(self):
        college = self.env["hub.college"].create(
            {"name": "Funders", "code": "funders_test", "role_kind": "funder"}
        )
        self.awareness.hub_open_college_ids = college
        self._role(self.lea, "funder", date_end="2026-02-01")
        self._role(self.paul, "funder")
        self.assertFalse(self._mine(self.lea))
        self.assertEqual(self._mine(self.paul), self.awareness)
        college.include_former = True
        self.assertEqual(self._mine(self.lea), self.awareness)

    def test_a_club_and_the_clubs_in_it(self):
        club, section = self.env["res.partner.category"].create(
            [{"name": "Traders"}, {"name": "Bakers"}]
        )
        section.parent_id = club
        self.awareness.hub_open_club_ids = club
        self.karim.category_id = section
        self.assertEqual(self._mine(self.karim), self.awareness)
        self.awareness.hub_open_club_ids = section
        self.karim.category_id = club
        self.assertFalse(self._mine(self.karim))

    def test_whoever_is_on_the_list_finds_it_whatever_the_role(self):
        self.awareness._hub_add_people(self.karim)
        self.assertEqual(self._mine(self.karim), self.awareness)
        self.awareness.registration_ids.action_archive()
        self.assertFalse(self._mine(self.karim))

    def test_a_stranger_finds_nothing(self):
        self.assertFalse(self._mine(self.karim))

    def test_the_role_in_one_hub_opens_nothing_in_another(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self._role(self.amina, "holder", company_id=other.id)
        self.assertFalse(self._mine(self.amina))
        self.breakfast.company_id = other
        self.assertEqual(self._mine(self.amina), self.breakfast)

    def test_a_series_says_once_to_whom_it_is_open(self):
        series = self.env["hub.moment.series"].create(
            {
                "name": "Breakfast",
                "hub_format": "breakfast",
                "date_start": "2026-04-07",
                "count": 2,
                "seats_max": 12,
                "hub_open_volunteers": True,
                "tag_ids": [Command.clear()],
            }
        )
        events = self.env["event.event"].search(series.action_create()["domain"])
        self.assertEqual(events.mapped("hub_open_holders"), [True, True])
        self.assertEqual(events.mapped("hub_open_volunteers"), [True, True])
        self.assertEqual(events.mapped("seats_max"), [12, 12])
