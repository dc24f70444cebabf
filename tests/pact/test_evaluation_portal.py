from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
class TestEvaluationPortal(EvaluationFactory, HubUsersMixin, HttpCase):
    """On a telephone, without a password: my view alone, then together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_evaluations()
        cls.pact = cls._in_force(
            cls._term(cls.autonomy, sequence=10),
            cls._term(cls.jobs, sequence=20),
            cls._term(cls.culture, sequence=30),
        )
        cls.evaluation = cls._evaluation(cls.pact)
        cls.evaluation.action_open()
        cls.holder = cls._person(cls.evaluation, cls.amina)
        cls.volunteer = cls._person(cls.evaluation, cls.bernard)
        cls.colleague = cls._person(cls.evaluation, cls.rachid)
        cls.amina.write({"street": "1 hidden street", "phone": "06 11 11 11 11"})

    def read(self, person, token=None, **query):
        token = person.access_token if token is None else token
        query = {"access_token": token, **query}
        url = f"/my/hub/evaluation/{person.id}?" + "&".join(
            f"{name}={value}" for name, value in query.items()
        )
        return self.url_open(url)

    def say(self, person, step, token=None, page_of=None, **values):
        page = self.read(page_of or person).text
        csrf = page.split('name="csrf_token" value="')
        csrf = csrf[1].split('"')[0] if len(csrf) > 1 else ""
        answer = self.url_open(
            f"/my/hub/evaluation/{person.id}/{step}",
            data={
                "csrf_token": csrf,
                "access_token": person.access_token if token is None else token,
                **values,
            },
        )
        self.env.invalidate_all()
        return answer

    def view(self, autonomy="", jobs="", culture="", **more):
        lines = (self.autonomy, autonomy), (self.jobs, jobs), (self.culture, culture)
        return {
            **{f"value_{self._line(self.evaluation, i).id}": v for i, v in lines},
            **more,
        }

    def together(self, autonomy="", jobs="", culture="", **more):
        lines = (self.autonomy, autonomy), (self.jobs, jobs), (self.culture, culture)
        return {
            **{f"agreed_{self._line(self.evaluation, i).id}": v for i, v in lines},
            **more,
        }

    def all_give(self):
        self.say(self.holder, "view", **self.view("1", "0", "Bread and talk"))
        self.say(self.volunteer, "view", **self.view("3", "1", "Pair's words"))

    def test_each_one_answers_alone_first(self):
        page = self.read(self.holder).text
        self.assertIn("Needs help at each step", page)
        self.say(
            self.holder, "view", **self.view("2", "1,5", "Bread", comment="I am proud")
        )
        self.assertRecordValues(
            self.holder,
            [
                {
                    "given_channel": "portal",
                    "given_by_id": False,
                    "comment": "I am proud",
                    "answer": "waiting",
                }
            ],
        )
        self.assertEqual(self.holder.view_ids.mapped("value"), ["2", "1.5", "Bread"])
        page = self.read(self.volunteer).text
        for told in ("Bread", "I am proud", "1.5"):
            self.assertNotIn(told, page)
        page = self.read(self.holder).text
        self.assertIn("Your view is noted", page)
        self.assertIn("Bernard", page, "who is still awaited")

    def test_a_view_may_change_until_it_is_shown(self):
        self.say(self.holder, "view", **self.view("2"))
        self.assertIn('value="2"', self.read(self.holder, again=1).text)
        self.say(self.holder, "view", page_of=self.volunteer, **self.view("3"))
        self.assertEqual(self.holder.view_ids.mapped("value"), ["3"])
        self.say(self.volunteer, "view", **self.view("4"))
        page = self.say(self.holder, "view", **self.view("1")).text
        self.assertIn("no longer change", page)
        self.assertEqual(self.holder.view_ids.mapped("value"), ["3"])

    def test_the_views_are_shown_once_both_sides_have_given_theirs(self):
        self.all_give()
        for person in (self.holder, self.volunteer):
            page = self.read(person).text
            for told in ("Bread and talk", "Pair&#39;s words", "Goes"):
                self.assertIn(told, page)
        page = self.read(self.colleague).text
        self.assertNotIn("Bread and talk", page)
        self.assertNotIn("Pair", page.split("<form")[1].split("</form>")[0])

    def test_an_empty_page_and_a_wrong_value_are_not_taken(self):
        page = self.say(self.holder, "view", **self.view()).text
        self.assertIn("Nothing was filled in", page)
        page = self.say(self.holder, "view", **self.view("2", "many")).text
        self.assertIn("is a figure", page)
        self.assertIn('value="many"', page, "what was typed is still there")
        self.say(self.holder, "view", **self.view("7"))
        self.assertFalse(self.holder.given_on)
        self.assertFalse(self.holder.view_ids)

    def test_what_one_puts_down_the_others_confirm(self):
        self.all_give()
        self.colleague.excused = True
        page = self.say(self.holder, "together", **self.together("2", "1")).text
        self.assertIn("Still missing", page)
        self.assertIn("Cultural utility", page)
        self.assertFalse(self._line(self.evaluation, self.jobs).agreed_value)
        self.say(
            self.holder,
            "together",
            **self.together("2", "1", "Bread evenings", words="The shop opens in May"),
        )
        self.assertEqual(self.holder.answer, "yes")
        self.assertEqual(self.evaluation.state, "under_way")
        self.assertTrue(self.evaluation.proposed_on)
        page = self.read(self.volunteer).text
        self.assertIn("Do you agree", page)
        self.assertIn("The shop opens in May", page)
        self.say(self.volunteer, "yes", mark=self.mark(self.volunteer))
        self.assertEqual(self.evaluation.state, "agreed")
        self.assertRecordValues(
            self.evaluation.person_ids.filtered(lambda p: not p.excused),
            [{"answer": "yes", "answer_channel": "portal", "recorded_by_id": False}]
            * 2,
        )
        self.assertEqual(
            self.evaluation.line_ids.mapped("agreed_value"),
            ["2", "1", "Bread evenings"],
        )
        page = self.read(self.holder).text
        self.assertIn("All of you agree", page)
        answer = self.url_open(
            f"/my/hub/evaluation/{self.holder.id}/sheet"
            f"?access_token={self.holder.access_token}"
        )
        self.assertEqual(answer.content, self.evaluation.frozen_pdf_id.raw)

    def test_nobody_says_yes_to_what_was_not_on_the_page(self):
        self.all_give()
        self.colleague.excused = True
        self.say(self.holder, "together", **self.together("2", "1", "Bread"))
        seen = self.mark(self.volunteer)
        self._line(self.evaluation, self.jobs).agreed_value = "9"
        self.evaluation.sudo().proposed_on = "2026-01-01"
        page = self.say(self.volunteer, "yes", mark=seen).text
        self.assertIn("has just changed", page)
        self.assertEqual(self.volunteer.answer, "waiting")
        self.say(self.volunteer, "yes", mark="")
        self.assertEqual(self.volunteer.answer, "waiting")
        self.say(self.volunteer, "yes", mark=self.mark(self.volunteer))
        self.assertEqual(self.volunteer.answer, "yes")

    def mark(self, person):
        return self.read(person).text.split('name="mark" value="')[1].split('"')[0]

    def test_the_team_is_told_once_all_views_are_in(self):
        self.all_give()
        self.assertFalse(self._told())
        self.say(self.colleague, "view", **self.view("2"))
        self.assertEqual(len(self._told()), 1)
        self.assertTrue(self.evaluation.complete_on)

    def _told(self):
        return self.evaluation.activity_ids.filtered(
            lambda activity: activity.summary == "All views are in"
        )

    def test_a_change_asks_the_first_one_again(self):
        self.all_give()
        self.colleague.excused = True
        self.say(self.holder, "together", **self.together("2", "1", "Bread"))
        self.say(self.volunteer, "together", **self.together("3", "1", "Bread"))
        self.assertEqual(self.holder.answer, "waiting")
        self.assertEqual(self.volunteer.answer, "yes")
        self.assertIn("Do you agree", self.read(self.holder).text)
        self.say(self.holder, "yes", mark=self.mark(self.holder))
        self.assertEqual(self._line(self.evaluation, self.autonomy).agreed_value, "3")
        self.assertEqual(self.evaluation.state, "agreed")

    def test_a_no_calls_the_team(self):
        self.all_give()
        self.colleague.excused = True
        self.say(self.holder, "together", **self.together("2", "1", "Bread"))
        self.say(
            self.volunteer,
            "no",
            mark=self.mark(self.volunteer),
            reason="<b>Too low</b>",
        )
        self.assertEqual(self.volunteer.answer, "no")
        self.assertEqual(self.evaluation.state, "under_way")
        activity = self.volunteer.activity_id
        self.assertIn("Bernard", activity.summary)
        self.assertNotIn("Too low", activity.note, "read by the team only")
        self.assertEqual(self.volunteer.answer_reason, "<b>Too low</b>")
        page = self.read(self.volunteer).text
        self.assertIn("Your no is noted", page)

    @mute_logger("odoo.http")
    def test_a_wrong_an_old_and_a_foreign_link_tell_nothing(self):
        self.all_give()
        other = self._evaluation(self._in_force(name="Garden"))
        other.action_open()
        old = self.holder.access_token
        self.holder.action_new_link()
        last = self.env["hub.evaluation.person"].search([], order="id desc", limit=1)
        tries = [
            (self.holder, "x"),
            (self.holder, ""),
            (self.holder, old),
            (self.holder, self.volunteer.access_token),
            (self.holder, other.person_ids[0].access_token),
        ]
        for person, token in tries:
            answer = self.read(person, token)
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn(self.pact.name, answer.text)
            for step in ("view", "together", "yes", "no"):
                answer = self.say(
                    person, step, token, page_of=self.colleague, **self.view("4")
                )
                self.assertEqual(answer.status_code, 404)
            sheet = f"/my/hub/evaluation/{person.id}/sheet?access_token={token}"
            self.assertEqual(self.url_open(sheet).status_code, 404)
        page = f"/my/hub/evaluation/{last.id + 99}?access_token={old}"
        self.assertEqual(self.url_open(page).status_code, 404)
        self.assertEqual(self.holder.view_ids[:1].value, "1")

    @mute_logger("odoo.http")
    def test_a_page_without_its_seal_changes_nothing(self):
        answer = self.url_open(
            f"/my/hub/evaluation/{self.holder.id}/view",
            data={"access_token": self.holder.access_token, **self.view("2")},
        )
        self.assertNotEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertFalse(self.holder.given_on)

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        new_test_user(self.env, login="stranger", groups="base.group_portal")
        for login in ("stranger", "hub_sales", "hub_board"):
            self.authenticate(login, login)
            answer = self.read(self.holder, "")
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn(self.pact.name, answer.text)

    def test_the_page_names_nothing_else(self):
        hidden = ["hidden street", "06 11 11 11 11", self.colleague.access_token]
        for step in (lambda: None, self.all_give):
            step()
            for person in (self.holder, self.volunteer):
                page = self.read(person).text
                for word in [*hidden]:
                    self.assertNotIn(word, page)

    def test_markup_stays_text(self):
        self.say(
            self.holder,
            "view",
            **self.view("2", "1", "<script>alert(1)</script>", comment="<b>x</b>"),
        )
        self.say(self.volunteer, "view", **self.view("3", "1", "Fine"))
        page = self.read(self.volunteer).text
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn("&lt;script&gt;", page)

    def test_whoever_has_an_account_finds_it_on_the_personal_page(self):
        user = new_test_user(self.env, login="amina_user", groups="base.group_portal")
        person = self.env["hub.evaluation.person"].create(
            {
                "evaluation_id": self.evaluation.id,
                "partner_id": user.partner_id.id,
                "side": "holder",
            }
        )
        self.authenticate("amina_user", "amina_user")
        page = self.url_open("/my/hub").text
        self.assertIn(f"/my/hub/evaluation/{person.id}", page)
        page = self.read(person, "").text
        self.assertIn(self.pact.name, page)

    def test_what_was_agreed_on_no_longer_stands_above_what_waits(self):
        self._create_pact().action_to_sign()
        self.assertEqual(self._order()[:2], ["pacts_to_sign", "evaluations"])
        self.evaluation.active = False
        self._agreed(self.pact, "2026-07-31", {self.autonomy: "2"})
        self.assertEqual(self._order()[0], "pacts_to_sign")
        self.assertEqual(self._order()[-1], "evaluations")

    def _order(self):
        page = self.env["hub.portal"]._page(self.amina)
        return [section["key"] for section in page]

    def test_an_evaluation_put_away_asks_nothing_more(self):
        self.evaluation.active = False
        page = self.read(self.holder).text
        self.assertIn("Nothing waits for your answer", page)
        self.assertNotIn(self.pact.name, page)

    def test_in_french_for_whoever_reads_french(self):
        self.amina.lang = "fr_FR"
        page = self.read(self.holder).text
        self.assertIn("Autonomie", page)
        self.assertNotIn("Autonomy", page)
