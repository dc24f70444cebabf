from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase

OUTSIDE = ("volunteer", "board", "finance", "sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestMomentsRights(RpcCase):
    """Row “attendance” of the table of rights, over RPC as each user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amina, cls.karim = cls.env["res.partner"].create(
            [{"name": "Amina"}, {"name": "Karim"}]
        )
        cls.event = cls.env["event.event"].create(
            {
                "name": "Setting prices",
                "hub_format": "workshop",
                "date_begin": "2026-03-09 09:00:00",
                "date_end": "2026-03-09 11:00:00",
            }
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "hub_holder_ids": [Command.create({"partner_id": cls.amina.id})],
            }
        )
        cls.place = cls.env["event.registration"].create(
            {"event_id": cls.event.id, "partner_id": cls.amina.id}
        )

    def test_advisers_coordinators_and_managers_note_who_came(self):
        for role in ("adviser", "coordinator", "manager"):
            with self.subTest(role):
                self.place.hub_attendance = "expected"
                ids = self.place.ids
                model = "event.registration"
                self.assert_allowed(role, model, "action_hub_present", ids)
                self.env.invalidate_all()
                self.assertEqual(self.place.state, "done")
                vals = {"hub_attendance": "absent"}
                self.assert_allowed(role, model, "write", ids, vals)
                found = self.assert_allowed(role, model, "read", ids, ["hub_lead_id"])
                self.assertEqual(found[0]["hub_lead_id"][0], self.lead.id)

    def test_advisers_fill_sheets_and_do_not_plan(self):
        action = self.assert_allowed(
            "adviser", "event.event", "action_hub_fill_sheet", self.event.ids
        )
        sheet = [action["res_id"]]
        model = "hub.attendance.sheet"
        self.assert_allowed("adviser", model, "write", sheet, {"unidentified": 2})
        self.assert_allowed("adviser", model, "action_done", sheet)
        self.env.invalidate_all()
        self.assertEqual(self.event.hub_came_count, 2)
        vals = {"hub_unidentified": 5}
        self.assert_refused("adviser", "event.event", "write", self.event.ids, vals)
        self.assert_refused("adviser", "hub.moment.series", "create", {})

    def test_coordinators_plan_series_and_invite(self):
        series = self.assert_allowed(
            "coordinator",
            "hub.moment.series",
            "create",
            {"name": "Breakfast", "count": 2, "date_start": "2030-01-07"},
        )
        self.assert_allowed("coordinator", "hub.moment.series", "action_create", series)
        events = self.env["event.event"].search([("name", "=", "Breakfast")])
        self.assertEqual(len(events), 2)
        invite = self.assert_allowed(
            "coordinator",
            "hub.moment.invite",
            "create",
            {
                "event_ids": [Command.set(events.ids)],
                "who": "people",
                "partner_ids": [Command.set(self.karim.ids)],
            },
        )
        self.assert_allowed("coordinator", "hub.moment.invite", "action_invite", invite)
        self.assertEqual(events.registration_ids.partner_id, self.karim)

    def test_advisers_invite_and_note_answers_and_write_to_nobody(self):
        self._put_later()
        model = "event.registration"
        invite = {
            "event_ids": [Command.set(self.event.ids)],
            "who": "people",
            "partner_ids": [Command.set(self.karim.ids)],
        }
        wizard = self.assert_allowed("adviser", "hub.moment.invite", "create", invite)
        self.assert_allowed("adviser", "hub.moment.invite", "action_invite", wizard)
        self.env.invalidate_all()
        karim = self.event._hub_place_of(self.karim)
        self.assert_allowed("adviser", model, "action_hub_comes", karim.ids)
        self.assert_allowed("adviser", model, "action_hub_cannot_come", karim.ids)
        read = self.assert_allowed(
            "adviser", model, "read", karim.ids, ["hub_answer", "hub_answer_url"]
        )
        self.assertEqual(read[0]["hub_answer"], "no")
        self.assertIn(karim.hub_access_token, read[0]["hub_answer_url"])
        ids = self.event.ids
        self.assert_refused("adviser", "event.event", "action_hub_write", ids)
        self.assert_refused("adviser", "event.event", "action_hub_cancel", ids)
        vals = {"event_ids": [Command.set(ids)]}
        self.assert_refused("adviser", "hub.moment.message", "create", vals)

    def test_coordinators_write_cancel_and_put_back(self):
        self._put_later()
        self.amina.email = "amina@example.org"
        place = self.event._hub_place_of(self.amina)
        ids = self.event.ids
        action = self.assert_allowed(
            "coordinator", "event.event", "action_hub_write", ids
        )
        message = [action["res_id"]]
        self.assert_allowed("coordinator", "hub.moment.message", "action_send", message)
        self.env.invalidate_all()
        self.assertTrue(place.hub_asked_on)
        self.assert_allowed("coordinator", "event.event", "action_hub_cancel", ids)
        self.assert_allowed("coordinator", "event.event", "action_hub_restore", ids)
        self.env.invalidate_all()
        self.assertEqual(self.event.kanban_state, "normal")

    def test_nobody_types_an_answer_or_a_key_in(self):
        self._put_later()
        for role in ("adviser", "coordinator", "manager"):
            for vals in (
                {"hub_answer": "yes"},
                {"hub_answered_on": "2020-01-01"},
                {"hub_access_token": "known"},
                {"hub_asked_on": "2020-01-01"},
            ):
                with self.subTest(role=role, vals=vals):
                    self._assert_guarded(role, "write", self.place.ids, vals)
                    new = {"event_id": self.event.id, "partner_id": self.karim.id}
                    self._assert_guarded(role, "create", {**new, **vals})
        self.env.invalidate_all()
        self.assertEqual(self.place.hub_answer, "waiting")
        self.assertEqual(len(self.event.registration_ids), 1)

    def _assert_guarded(self, role, method, *args):
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as refused,
        ):
            self.call(role, "event.registration", method, *args)
        self.assertEqual(str(refused.exception), "odoo.exceptions.UserError")

    def _put_later(self):
        self.event.write(
            {"date_begin": "2099-03-09 09:00:00", "date_end": "2099-03-09 11:00:00"}
        )

    def test_the_desk_of_a_shop_reads_no_key_and_no_answer(self):
        desk = self.users["employee"]
        desk.group_ids += self.env.ref("event.group_event_registration_desk")
        model, ids = "event.registration", self.place.ids
        for name in ("hub_access_token", "hub_answer_url", "hub_answer", "hub_phone"):
            self.assert_refused("employee", model, "read", ids, [name])
            if name in ("hub_access_token", "hub_answer"):
                domain = [(name, "in", ["yes", "no"])]
                self.assert_refused("employee", model, "search", domain)
        self._put_later()
        self.assert_refused("employee", model, "action_hub_comes", ids)
        event = self.event.ids
        self.assert_refused("employee", "event.event", "action_hub_cancel", event)
        self.assertTrue(self.call("employee", model, "read", ids, ["name"]))

    def test_events_of_a_shop_are_planned_as_before(self):
        planner = self.users["employee"]
        planner.group_ids += self.env.ref("event.group_event_user")
        vals = {"name": "Sale", "date_begin": "2099-01-01", "date_end": "2099-01-02"}
        ids = [self.assert_allowed("employee", "event.event", "create", vals)]
        self.assert_allowed("employee", "event.event", "write", ids, {"name": "Sales"})
        self.assert_allowed("employee", "event.event", "copy", ids)
        self.assert_allowed(
            "employee", "event.event", "write", ids, {"kanban_state": "cancel"}
        )

    def test_the_desk_of_a_shop_works_as_before(self):
        desk = self.users["employee"]
        desk.group_ids += self.env.ref("event.group_event_registration_desk")
        ordinary = self.env["event.event"].create(
            {"name": "Sale", "date_begin": "2099-01-01", "date_end": "2099-01-02"}
        )
        model = "event.registration"
        for event in (ordinary, self.event):
            vals = {"event_id": event.id, "name": "Customer"}
            ids = [self.assert_allowed("employee", model, "create", vals)]
            for method in ("action_set_done", "action_confirm", "action_cancel"):
                self.assert_allowed("employee", model, method, ids)
        self.env.invalidate_all()
        self.assertEqual(
            self.event.registration_ids.filtered(
                lambda place: place.name == "Customer"
            ).hub_attendance,
            "excused",
        )

    def test_nobody_else_sees_who_came_nor_writes_it(self):
        for role in OUTSIDE:
            with self.subTest(role):
                ids = self.place.ids
                model = "event.registration"
                self.assert_refused(role, model, "search_read", [], ["name"])
                self.assert_refused(role, model, "action_hub_present", ids)
                self.assert_refused(role, model, "read", ids, ["hub_attendance"])
                self.assert_refused(role, model, "action_hub_comes", ids)
                self.assert_refused(role, model, "read", ids, ["hub_access_token"])
                self.assert_refused(role, "hub.project.moment", "search", [])
                self.assert_refused(role, "hub.attendance.report", "search", [])
                self.assert_refused(role, "hub.moment.message", "create", {})
                event = self.event.ids
                self.assert_refused(role, "event.event", "action_hub_cancel", event)
                self.assert_refused(role, "event.event", "action_hub_write", event)
                self.assert_refused(
                    role, "hub.attendance.sheet", "create", {"event_id": self.event.id}
                )
                self.assert_refused(
                    role, "event.event", "action_hub_fill_sheet", self.event.ids
                )
        self.env.invalidate_all()
        self.assertEqual(self.place.hub_attendance, "expected")

    def test_the_desk_of_a_shop_does_not_learn_for_which_project(self):
        desk = self.users["employee"]
        desk.group_ids += self.env.ref("event.group_event_registration_desk")
        self.assert_refused(
            "employee", "event.registration", "read", self.place.ids, ["hub_lead_id"]
        )
        self.assert_refused(
            "employee",
            "event.registration",
            "search",
            [("hub_lead_id", "=", self.lead.id)],
        )

    def test_another_hub_sees_nothing_of_the_moments_of_a_project(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self.users["manager"].write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        found = self.call("manager", "hub.project.moment", "search", [])
        mine = self.env["hub.project.moment"].search([("lead_id", "=", self.lead.id)])
        self.assertTrue(mine)
        self.assertFalse(set(found) & set(mine.ids))
