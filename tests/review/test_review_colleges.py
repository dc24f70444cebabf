from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon


@tagged("post_install", "-at_install")
@freeze_time("2027-01-15")
class TestReviewColleges(HubCommon):
    """The voice of the colleges: who is invited, who came, what was said and signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        kinds = ["volunteer"] * 6 + ["funder"] * 2 + ["holder", "employee", "qualified"]
        cls.people = cls.env["res.partner"].create(
            [{"name": f"{kind} {n}", "lang": "en_US"} for n, kind in enumerate(kinds)]
        )
        cls.env["hub.role"].create(
            [
                {"partner_id": person.id, "kind": kind, "date_start": "2020-01-01"}
                for person, kind in zip(cls.people, kinds, strict=True)
            ]
        )
        cls.indicator = cls.env.ref("solidarity_hub.hub_indicator_autonomy")
        cls.words = cls.env["hub.indicator"].create(
            {"name": "Wish", "kind": "text", "dimension": "social"}
        )
        cls.colleges = cls.env["hub.college"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.set = cls.env["hub.indicator.set"].create(
            {
                "indicator_ids": [Command.set((cls.indicator | cls.words).ids)],
                "validated_on": "2026-01-10",
                "college_ids": [Command.set(cls.colleges.ids)],
            }
        )
        cls.set.action_validate()
        cls.event = cls.env["event.event"].create(
            {
                "name": "Review",
                "hub_format": "review",
                "date_begin": "2027-01-10 09:00:00",
                "date_end": "2027-01-10 12:00:00",
            }
        )
        cls.review = (
            cls.env["hub.annual.review"]
            .with_user(cls.users["coordinator"])
            .create({"year": 2026, "lang": "en_US", "event_id": cls.event.id})
        )

    def _college(self, code):
        return self.review.college_line_ids.filtered(
            lambda line: line.college_id.code == code
        )

    def _answer(self, college, *values, words=""):
        line = self._college(college)
        for value in values:
            self.review._take_answers(
                {self.indicator.id: value, self.words.id: words},
                college_id=line.college_id.id,
            )

    def test_all_holders_and_colleges_are_invited_once(self):
        holder = self.env["res.partner"].create({"name": "Amina"})
        lead = self.env["crm.lead"].create(
            {
                "name": "Café",
                "is_hub_project": True,
                "partner_id": holder.id,
                "user_id": False,
            }
        )
        lead.hub_phase = "accompaniment"
        self.review.action_invite()
        invited = self.review.person_ids.partner_id
        self.assertEqual(invited & (self.people | holder), self.people | holder)
        places = self.event.registration_ids
        self.assertLessEqual(self.people, places.partner_id)
        self.assertEqual(set(places.mapped("hub_attendance")), {"expected"})
        self.assertEqual(self._college("volunteers").invited_count, 6)
        count = len(invited)
        self.review.action_invite()
        self.assertEqual(len(self.review.person_ids), count)
        self.assertFalse(self.env["mail.mail"].search([("subject", "like", "Review")]))

    def test_who_came_is_read_from_the_sheet_by_college(self):
        self.review.action_invite()
        came = self.people[:2] | self.people[6]
        for place in self.event.registration_ids.filtered(
            lambda one: one.partner_id in came
        ):
            place.hub_attendance = "present"
        walked_in = self.env["res.partner"].create({"name": "Walked in"})
        self.event._hub_add_people(walked_in, "present")
        self.review.action_count_attendance()
        counts = {
            line.college_id.code: line.present_count
            for line in self.review.college_line_ids
        }
        self.assertEqual(counts["volunteers"], 2)
        self.assertEqual(counts["funders"], 1)
        self.assertEqual(sum(counts.values()), 3)

    def test_a_contribution_is_signed_by_somebody(self):
        line = self._college("volunteers")
        with self.assertRaisesRegex(UserError, "who signs"):
            line.action_sign()
        line.write({"contribution": "We want more pairs", "signer_id": self.people[0]})
        line.action_sign()
        self.assertEqual((line.answer, line.answer_channel), ("yes", "paper"))
        self.assertEqual(line.recorded_by_id, self.users["coordinator"])
        for vals in ({"contribution": "Other"}, {"signer_id": self.people[1].id}):
            with self.assertRaisesRegex(UserError, "take the signature back"):
                line.write(vals)
        line.action_take_back()
        line.contribution = "Other"
        self.assertEqual(line.answer, "waiting")

    def test_nobody_types_a_signature(self):
        line = self._college("volunteers")
        with self.assertRaisesRegex(UserError, "typed in"):
            line.write({"answer": "yes"})

    def test_answers_keep_the_college_and_never_the_person(self):
        answers = self.env["hub.review.answer"]
        self.assertFalse(
            {"create_uid", "create_date", "write_uid", "write_date"}
            & set(answers._fields)
        )
        self.assertFalse(
            [n for n, f in answers._fields.items() if f.comodel_name == "res.partner"]
        )
        self.review.action_invite()
        self.review.action_open()
        person = self.review.person_ids.filtered(
            lambda one: one.partner_id == self.people[0]
        )
        person.sudo()._portal_answer({f"value_{self.indicator.id}": "2"})
        answer = answers.search([("review_id", "=", self.review.id)])
        self.assertEqual(answer.college_id.code, "volunteers")
        self.assertTrue(person.has_answered)
        for role in ("adviser", "coordinator", "manager", "board"):
            with self.assertRaises(AccessError):
                answers.with_user(self.users[role]).search([])

    def test_answers_show_once_closed_and_never_of_a_few(self):
        self.review.action_invite()
        self.review.action_open()
        self._answer("volunteers", *"22334", words="More bread")
        self._answer("funders", "1")
        self.assertFalse(self.review._answers())
        self.review.action_close()
        found = {one["name"]: one["rows"] for one in self.review._answers()}
        rows = found[self.indicator.name]
        # five volunteers are enough, but whoever knows all six knows the funder
        self.assertEqual([row["count"] for row in rows], [6])
        self.assertIn(": 2", rows[0]["answers"])
        self.assertEqual(len(found["Wish"]), 1)

    def test_colleges_that_are_large_enough_are_shown(self):
        self.review.action_invite()
        self.review.action_open()
        self._answer("volunteers", *"22334")
        self._answer("funders", *"11111")
        self.review.action_close()
        rows = self.review._answers()[0]["rows"]
        self.assertEqual([row["count"] for row in rows], [10, 5, 5])

    def test_a_sheet_on_paper_names_the_college_only(self):
        self.review.action_invite()
        self.review.action_open()
        action = self.review.action_sheet()
        sheet = self.env[action["res_model"]].with_user(self.users["coordinator"])
        form = Form(sheet.with_context(**action["context"]))
        form.college_id = self._college("funders").college_id
        with form.line_ids.edit(0) as line:
            line.value = "3"
        sheet = form.save()
        sheet.action_confirm()
        answer = self.env["hub.review.answer"].search([])
        self.assertEqual((answer.college_id.code, answer.value), ("funders", "3"))
        self.assertFalse(sheet.exists())

    def test_a_wrong_answer_is_not_kept(self):
        self.review.action_invite()
        self.review.action_open()
        with self.assertRaises(ValidationError):
            self._answer("funders", "99")

    def test_a_proposal_becomes_something_to_do(self):
        point = self.env["hub.review.point"].create(
            {"review_id": self.review.id, "kind": "proposal", "text": "A second office"}
        )
        point = point.with_user(self.users["coordinator"])
        with self.assertRaisesRegex(UserError, "until when"):
            point.action_plan()
        point.write(
            {"responsible_id": self.users["adviser"].id, "deadline": "2027-03-01"}
        )
        point.action_plan()
        activity = self.review.activity_ids
        self.assertEqual(activity.user_id, self.users["adviser"])
        self.assertEqual((point.follow_up, point.progress), ("action", "waiting"))
        with freeze_time("2027-03-02"):
            point.invalidate_recordset(["progress"])
            self.assertEqual(point.progress, "late")
        activity.action_feedback()
        self.assertEqual(point.progress, "done")

    def test_a_proposal_goes_to_the_vote_or_is_dropped(self):
        point = self.env["hub.review.point"].create(
            {"review_id": self.review.id, "kind": "proposal", "text": "A second office"}
        )
        point = point.with_user(self.users["coordinator"])
        point.action_put_to_vote()
        self.assertEqual(point.follow_up, "vote")
        with self.assertRaisesRegex(UserError, "is decided"):
            point.action_drop()
        point.action_reopen()
        self.assertFalse(self.review.activity_ids)
        point.action_drop()
        self.assertEqual(point.follow_up, "dropped")

    def test_a_finding_is_nothing_to_do(self):
        point = self.env["hub.review.point"].create(
            {"review_id": self.review.id, "kind": "strength", "text": "Good bread"}
        )
        with self.assertRaisesRegex(UserError, "is a finding"):
            point.action_put_to_vote()

    def test_what_becomes_of_a_proposal_goes_on_after_the_review(self):
        point = self.env["hub.review.point"].create(
            {"review_id": self.review.id, "kind": "proposal", "text": "A second office"}
        )
        self._publish()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            point.text = "Another"
        point.with_user(self.users["coordinator"]).action_put_to_vote()
        self.assertEqual(point.follow_up, "vote")

    def _publish(self):
        self.review.validated_on = "2027-01-10"
        self.review.action_validate()

    def test_a_published_review_is_kept_with_all_colleges(self):
        self._college("volunteers").write(
            {
                "contribution": "We want more pairs",
                "signer_id": self.people[0].id,
                "present_count": 4,
            }
        )
        self._college("volunteers").action_sign("in_person")
        self._publish()
        self.assertEqual(self.review.college_ids.mapped("code"), ["volunteers"])
        self.assertTrue(self.review.frozen_pdf_id.raw.startswith(b"%PDF"))
        for word in (
            "We want more pairs",
            "Definition",
            "hub_interview",
            "volunteer 0",
        ):
            self.assertIn(word.lower(), self.review.frozen_json.lower())
        self.assertEqual(
            self.review.frozen_hash,
            self.review._fingerprint(self.review.frozen_json.encode()),
        )

    def test_a_new_version_keeps_answers_and_signatures(self):
        self.review.action_invite()
        self.review.action_open()
        self._answer("volunteers", *"22334")
        self.review.action_close()
        line = self._college("volunteers")
        line.write({"contribution": "More pairs", "signer_id": self.people[0].id})
        line.action_sign()
        self._publish()
        before = self.review._answers()
        later = self.review._next_version()
        self.assertEqual(later._answers(), before)
        self.assertEqual(later.answer_count, 5)
        self.assertIn("yes", later.college_line_ids.mapped("answer"))

    def test_it_is_not_published_while_answers_come_in(self):
        self.review.action_invite()
        self.review.action_open()
        with self.assertRaisesRegex(UserError, "answers closed"):
            self._publish()
