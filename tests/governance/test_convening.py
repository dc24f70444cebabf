import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import HubCommon
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestConvening(GovernanceMixin, HubCommon):
    """From the plan to the convocation; what is copied stays as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()

    def _mails(self):
        return self.env["mail.mail"].search(
            [("subject", "like", "Convocation"), ("state", "=", "outgoing")]
        )

    def test_convening_makes_a_seat_for_each_member_and_writes_to_all(self):
        meeting = self._plan()
        self.people["employees", 1].email = False
        before = self._mails()
        notice = meeting.action_convene()
        self.assertEqual(meeting.state, "convened")
        self.assertEqual(meeting.convened_on, fields.Date.today())
        self.assertEqual(len(meeting.presence_ids), 15)
        self.assertEqual(
            meeting.presence_ids.partner_id,
            self.env["res.partner"].union(*self.people.values()),
        )
        mails = self._mails() - before
        self.assertEqual(len(mails), 14)
        self.assertIn("Employees 1", notice["params"]["message"])
        for mail in mails:
            self.assertFalse(mail.model or mail.res_id, "on no record")
            names = mail.attachment_ids.mapped("name")
            self.assertEqual(
                [name.rsplit(".")[-1] for name in names], ["pdf", "ics"], names
            )
        line = self._line(meeting, "funders", 1)
        mail = mails.filtered(lambda m: m.recipient_ids == line.partner_id)
        self.assertIn(line.access_token, mail.body_html)
        self.assertIn("Fund for first purchases", mail.body_html)
        others = meeting.presence_ids - line
        for token in others.mapped("access_token"):
            self.assertNotIn(token, mail.body_html)

    def test_the_form_convenes(self):
        form = Form(self.env["hub.meeting"])
        form.body_id = self.body
        self.assertEqual(form.name, "Board")
        form.date = fields.Datetime.now() + timedelta(days=20)
        with form.agenda_item_ids.new() as item:
            item.name = "Budget"
        meeting = form.save()
        self.assertFalse(meeting.notice_warning)
        meeting.action_convene()
        self.assertEqual(meeting.state, "convened")

    def test_short_notice_asks_a_reason(self):
        meeting = self._plan(date=fields.Datetime.now() + timedelta(days=3))
        self.assertIn("3 days instead of 8", meeting.notice_warning)
        with self.assert_rule("Write down the reason"):
            meeting.action_convene()
        meeting.notice_reason = "The lease ends on Friday."
        meeting.action_convene()
        self.assertIn("The lease ends", meeting._print_convened())

    def test_a_missing_agenda_asks_a_reason(self):
        meeting = self._plan(agenda_item_ids=False)
        self.assertIn("no agenda", meeting.notice_warning)
        with self.assert_rule("no agenda"):
            meeting.action_convene()

    def test_exactly_the_days_of_notice_are_enough(self):
        meeting = self._plan(date=self._noon(8))
        self.assertFalse(meeting.notice_warning)

    def test_nobody_is_convened_to_the_past_or_to_an_empty_body(self):
        meeting = self._plan(date=fields.Datetime.now() - timedelta(days=1))
        with self.assert_rule("has already taken place"):
            meeting.action_convene()
        empty = self._create_body()
        with self.assert_rule("Nobody sits in Board"):
            self._plan(empty).action_convene()

    def test_a_meeting_is_convened_once(self):
        meeting = self._convened()
        with self.assert_rule("“Convened”: it cannot become “Convened”"):
            meeting.action_convene()

    def test_the_state_and_the_rules_are_not_typed_in(self):
        meeting = self._convened()
        user = self.users["coordinator"]
        for vals in (
            {"state": "minuted"},
            {"quorum": "1/10"},
            {"threshold": "1/10"},
            {"proxies_per_person": 9},
            {"convened_on": "2020-01-01"},
            {"recorded_afterwards": True},
            {"convocation_file": base64.b64encode(b"x")},
        ):
            with self.subTest(vals), self.assert_rule("is not typed in"):
                meeting.with_user(user).write(vals)
        for vals in ({"weight": 99}, {"name": "Other"}):
            with self.subTest(vals), self.assert_rule("is not typed in"):
                meeting.college_ids[0].with_user(user).write(vals)
        with self.assertRaises(UserError):
            meeting.college_ids[0].with_user(user).unlink()

    def test_rules_weights_and_names_are_those_of_the_convocation(self):
        meeting = self._opened()
        document = base64.b64decode(meeting.convocation_file)
        resolution = self._resolution(meeting, method="college_proportional")
        ballots = self._ballots(
            resolution,
            {
                **{("qualified", n): "for" for n in (1, 2, 3)},
                **{("funders", n): "against" for n in (1, 2, 3)},
            },
        )
        resolution.action_close_vote()
        before = resolution.figures, resolution.explanation, resolution.frozen_hash
        self.assertIn("42.86%", resolution.explanation)

        self.body.write(
            {"quorum": "1/1", "proxies_per_person": 0, "threshold": "2/3", "name": "X"}
        )
        for line in self.body.college_ids:
            line.weight = 100
        self.colleges["funders"].write({"name": "Bankers", "weight": 7})
        self.people["funders", 1].name = "Renamed"
        self.mandates["funders", 2].date_end = fields.Date.today()
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(meeting.quorum, "1/2")
        self.assertEqual(meeting.proxies_per_person, 1)
        self.assertEqual(
            dict(meeting.college_ids.mapped(lambda c: (c.name, c.weight))),
            {
                "Qualified persons": 15,
                "Project holders and creators": 25,
                "Volunteers": 25,
                "Employees": 15,
                "Funders": 20,
            },
        )
        self.assertIn("Funders 1", meeting.presence_ids.mapped("name"))
        self.assertEqual(len(meeting.presence_ids), 15)
        self.assertIn("Funders 1", ballots.mapped("voter_name"))
        self.assertEqual(set(ballots.mapped("weight")), {15, 20})
        after = resolution.figures, resolution.explanation, resolution.frozen_hash
        self.assertEqual(after, before)
        self.assertEqual(base64.b64decode(meeting.convocation_file), document)
        # A vote still to come counts by the rules of the convocation as well.
        later = self._resolution(meeting, "Another")
        self.assertEqual((later.method, later.threshold), ("heads", "1/2"))
        later.method = "college_proportional"
        self._ballots(
            later,
            {
                **{("qualified", n): "for" for n in (1, 2, 3)},
                **{("funders", n): "against" for n in (1, 2, 3)},
            },
        )
        later.action_close_vote()
        self.assertIn("42.86%", later.explanation)

    def test_the_body_does_not_change_once_convened(self):
        meeting = self._convened()
        with self.assert_rule("plan another meeting"):
            meeting.body_id = self._create_body()
        with self.assert_rule("stays in the register"):
            meeting.unlink()

    def test_a_planned_meeting_may_be_deleted_with_its_resolutions(self):
        meeting = self._plan()
        resolution = self._resolution(meeting)
        meeting.unlink()
        self.assertFalse(resolution.exists())

    def test_cancelling_tells_those_who_were_convened(self):
        meeting = self._convened()
        before = self.env["mail.mail"].search([])
        meeting.action_cancel()
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mails), 15)
        self.assertTrue(all("Cancelled" in mail.subject for mail in mails))
        with self.assert_rule("cannot become"):
            meeting._move("held")

    def test_reminders_go_to_those_who_have_not_answered(self):
        meeting = self._convened()
        self._line(meeting, "funders", 1).action_coming()
        self._line(meeting, "funders", 2).action_not_coming()
        before = self.env["mail.mail"].search([])
        meeting.action_remind()
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mails), 13)

    def test_a_server_that_cannot_print_convenes_all_the_same(self):
        meeting = self._plan()
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            side_effect=UserError("no printer"),
        ):
            meeting.action_convene()
        self.assertEqual(meeting.state, "convened")
        self.assertFalse(meeting.convocation_file)

    def test_documents_dropped_on_a_new_meeting_belong_to_it(self):
        file = self.env["ir.attachment"].create(
            {"name": "budget.pdf", "raw": b"x", "res_model": "hub.meeting"}
        )
        meeting = self._plan(document_ids=[Command.set(file.ids)])
        self.assertEqual((file.res_model, file.res_id), ("hub.meeting", meeting.id))

    # Somebody who comes besides

    def test_a_guest_is_added_without_a_vote(self):
        meeting = self._convened()
        guest = self.env["res.partner"].create({"name": "Expert"})
        line = (
            self.env["hub.presence"]
            .with_user(self.users["coordinator"])
            .create({"meeting_id": meeting.id, "partner_id": guest.id, "voting": False})
        )
        self.assertFalse(line.entitled)
        self.assertEqual(meeting.entitled_count, 15)
        line.unlink()

    def test_whoever_votes_has_a_seat_on_the_day(self):
        meeting = self._convened()
        stranger = self._person("Stranger", "volunteer")
        college = self.colleges["volunteers"].id
        vals = {"meeting_id": meeting.id, "partner_id": stranger.id}
        with self.assert_rule("has no seat in Board for “Volunteers”"):
            self.env["hub.presence"].create({**vals, "college_id": college})
        with self.assert_rule("has no seat"):
            self.env["hub.presence"].create(vals)
        self.mandates["volunteers", 1].date_end = fields.Date.today()
        self.env["hub.mandate"].create(
            {
                "body_id": self.body.id,
                "partner_id": stranger.id,
                "college_id": college,
                "date_start": fields.Date.today() + timedelta(days=1),
            }
        )
        self.env["hub.presence"].create({**vals, "college_id": college})

    def test_a_person_is_not_listed_twice(self):
        meeting = self._convened()
        with self.assert_rule("one person, one seat"):
            self.env["hub.presence"].create(
                {
                    "meeting_id": meeting.id,
                    "partner_id": self.people["funders", 1].id,
                    "voting": False,
                }
            )

    def test_a_member_is_not_taken_out_of_the_list(self):
        line = self._line(self._convened(), "funders", 1)
        with self.assert_rule("note absent or excused"):
            line.unlink()
        line.exclusion_reason = "Resigned"
        self.assertEqual(line.meeting_id.entitled_count, 14)

    def test_an_assembly_convenes_everybody_who_has_the_role(self):
        assembly = self._create_body(membership="everyone_of_college", quorum=False)
        gone = self.people["employees", 3]
        gone.hub_role_ids.date_end = "2021-01-01"
        meeting = self._convened(assembly)
        self.assertNotIn(gone, meeting.presence_ids.partner_id)
        self.assertIn(self.people["holders", 1], meeting.presence_ids.partner_id)
        college = self.colleges["employees"].id
        with self.assert_rule("has no seat"):
            self.env["hub.presence"].create(
                {
                    "meeting_id": meeting.id,
                    "partner_id": gone.id,
                    "college_id": college,
                }
            )

    def test_somebody_of_two_colleges_may_be_listed_in_the_other(self):
        assembly = self._create_body(membership="everyone_of_college", quorum=False)
        meeting = self._convened(assembly)
        both = self._person("Both", "volunteer")
        self.env["hub.role"].create(
            {"partner_id": both.id, "kind": "holder", "date_start": "2020-01-01"}
        )
        line = self.env["hub.presence"].create(
            {
                "meeting_id": meeting.id,
                "partner_id": both.id,
                "college_id": self.colleges["volunteers"].id,
            }
        )
        self.assertTrue(line.entitled)

    # Fees

    def test_only_paid_up_members_vote_where_the_body_asks_for_it(self):
        self.body.fee_required = True
        fee = self.env["hub.fee"].create(
            {
                "partner_id": self.people["funders", 1].id,
                "amount": 20,
                "year": (fields.Date.today() + timedelta(days=20)).year,
                "paid_on": fields.Date.today(),
            }
        )
        meeting = self._convened()
        paid, unpaid = (self._line(meeting, "funders", n) for n in (1, 2))
        self.assertTrue(paid.entitled)
        self.assertTrue(unpaid.fee_missing)
        self.assertFalse(unpaid.entitled)
        self.assertEqual(meeting.entitled_count, 1)
        at_the_door = fee.copy(
            {"partner_id": unpaid.partner_id.id, "paid_on": fields.Date.today()}
        )
        self.assertTrue(unpaid.entitled)
        at_the_door.paid_on = False
        self.assertFalse(unpaid.entitled)
        unpaid.admitted_reason = "Pays on Monday, the board agrees"
        self.assertTrue(unpaid.entitled)

    def test_the_fee_of_the_organisation_counts(self):
        self.body.fee_required = True
        bank = self._person("Bank", "funder", is_company=True)
        self.mandates["funders", 1].represented_id = bank
        self.env["hub.fee"].create(
            {
                "partner_id": bank.id,
                "amount": 100,
                "year": (fields.Date.today() + timedelta(days=20)).year,
                "paid_on": fields.Date.today(),
            }
        )
        meeting = self._convened()
        line = self._line(meeting, "funders", 1)
        self.assertTrue(line.entitled)
        self.assertEqual(line.represented_name, "Bank")
