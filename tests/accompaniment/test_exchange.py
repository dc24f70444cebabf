import random
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .knowledge import KnowledgeMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestExchange(KnowledgeMixin, HubCommon):
    """Exchanges of knowledge: who gives, who learns, and what is counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_knowledge()
        cls.company.write({"hub_exchange_counting": "time", "hub_exchange_limit": 10})

    def _hours(self, **domain):
        return self.env["hub.volunteer.hours"].search(
            [("source", "=", "exchange")], order="id"
        )

    # What is an exchange

    def test_somebody_gives_and_somebody_learns(self):
        for givers, learners in (
            ([self.amina], []),
            ([], [self.amina]),
            ([], []),
        ):
            exchange = self._exchange(givers, learners)
            with (
                self.assertRaisesRegex(ValidationError, "gives and somebody learns"),
                self.cr.savepoint(),
            ):
                exchange.action_done()

    def test_what_is_to_come_or_has_no_day_is_not_done(self):
        exchange = self._exchange([self.amina], [self.bernard], date_start=False)
        with self.assertRaisesRegex(ValidationError, "which day"), self.cr.savepoint():
            exchange.action_done()
        exchange.date_start = fields.Datetime.now() + timedelta(hours=1)
        with (
            self.assertRaisesRegex(ValidationError, "still to come"),
            self.cr.savepoint(),
        ):
            exchange.action_done()

    def test_a_person_is_there_once(self):
        with self.assertRaisesRegex(ValidationError, "already in"):
            self._exchange([self.amina], [self.amina])

    def test_the_offer_is_one_of_who_gives(self):
        offer = self._offer(self.amina, "Sewing")
        exchange = self._exchange([self.amina], [self.bernard])
        giver, learner = exchange.participant_ids.sorted("id")
        giver.knowledge_id = offer
        with self.assertRaisesRegex(ValidationError, "his or her own"):
            learner.knowledge_id = offer

    def test_an_exchange_lasts_something_and_at_most_a_day(self):
        for minutes in (0, -5, 1441):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self._exchange([self.amina], [self.bernard], duration=minutes)

    def test_states_follow_each_other(self):
        exchange = self._exchange([self.amina], [self.bernard])
        exchange.action_done()
        with self.assertRaisesRegex(UserError, "does not become"):
            exchange.action_cancel()
        exchange.action_plan()
        exchange.action_cancel()
        with self.assertRaisesRegex(UserError, "does not become"):
            exchange.action_done()
        exchange.action_plan()
        self.assertEqual(exchange.state, "planned")

    def test_nobody_types_in_the_state_or_the_minutes(self):
        exchange = self._exchange([self.amina], [self.bernard])
        mine = exchange.with_user(self.users["manager"])
        for record, vals in (
            (mine, {"state": "done"}),
            (mine, {"is_counted": True}),
            (mine.participant_ids[0], {"minutes": 500}),
            (mine.participant_ids[0], {"reviewed_on": "2020-01-01"}),
        ):
            with self.assertRaises(UserError):
                record.write(vals)

    def test_what_is_done_stays_as_it_was_counted(self):
        exchange = self._exchange([self.amina], [self.bernard], done=True)
        mine = exchange.with_user(self.users["coordinator"])
        line = mine.participant_ids[0]
        for change in (
            lambda: mine.write({"duration": 30}),
            lambda: mine.write({"given_to_hub": True}),
            lambda: mine.write({"date_start": "2026-01-01 10:00:00"}),
            lambda: line.write({"partner_id": self.chloe.id}),
            lambda: line.write({"side": "learner"}),
            line.unlink,
            lambda: mine.write(
                {"participant_ids": [Command.create({"partner_id": self.chloe.id})]}
            ),
            lambda: line.create(
                {"exchange_id": exchange.id, "partner_id": self.chloe.id}
            ),
            mine.unlink,
        ):
            with self.assertRaisesRegex(UserError, "Plan again"), self.cr.savepoint():
                change()
        other = self._exchange([self.chloe], []).participant_ids
        with self.assertRaisesRegex(UserError, "Plan again"), self.cr.savepoint():
            other.exchange_id = exchange
        self.assertEqual(
            self._minutes(exchange), [(self.amina, 60), (self.bernard, -60)]
        )

    def test_reviews_are_written_when_it_is_done(self):
        exchange = self._exchange([self.amina], [self.bernard], done=True)
        form = Form(exchange.with_user(self.users["coordinator"]))
        with form.participant_ids.edit(0) as line:
            line.review = "A hem holds at last."
        form.save()
        giver, learner = exchange.participant_ids.sorted("id")
        self.assertEqual(giver.review, "A hem holds at last.")
        self.assertEqual(str(giver.reviewed_on), "2026-03-10")
        self.assertFalse(learner.reviewed_on)

    def test_a_copy_is_planned_and_counts_nothing(self):
        exchange = self._exchange([self.amina], [self.bernard], done=True)
        copy = exchange.copy()
        self.assertEqual(copy.state, "planned")
        self.assertEqual(set(copy.participant_ids.mapped("minutes")), {0})
        self.assertFalse(copy.is_counted)

    # Counted in time

    def test_a_minute_given_is_a_minute_received(self):
        exchange = self._exchange([self.amina], [self.bernard], duration=95, done=True)
        self.assertTrue(exchange.is_counted)
        self.assertEqual(
            self._minutes(exchange), [(self.amina, 95), (self.bernard, -95)]
        )

    def test_in_a_group_those_who_learn_share_what_is_given(self):
        exchange = self._exchange(
            [self.amina], [self.bernard, self.chloe], duration=45, done=True
        )
        self.assertEqual(
            self._minutes(exchange),
            [(self.amina, 45), (self.bernard, -23), (self.chloe, -22)],
        )
        exchange = self._exchange(
            [self.bernard, self.chloe], [self.amina], duration=45, done=True
        )
        self.assertEqual(
            self._minutes(exchange),
            [(self.bernard, 45), (self.chloe, 45), (self.amina, -90)],
        )
        self.assertEqual(
            self._balances(),
            {self.amina: -45, self.bernard: 22, self.chloe: 23},
        )

    def test_planned_again_or_cancelled_gives_the_time_back(self):
        exchange = self._exchange([self.amina], [self.bernard], done=True)
        exchange.action_plan()
        self.assertFalse(self._balances())
        self.assertFalse(exchange.is_counted)
        exchange.duration = 30
        exchange.action_done()
        self.assertEqual(self._balances(), {self.amina: 30, self.bernard: -30})

    def test_balances_always_sum_to_zero(self):
        """Whatever is planned, done, taken back, and whatever the setting says."""
        chance = random.Random(20260310)
        people = [self.amina, self.bernard, self.chloe]
        people += self.env["res.partner"].create([{"name": f"P{n}"} for n in range(5)])
        self.company.hub_exchange_limit = 1000
        exchanges = self.env["hub.exchange"]
        for _step in range(60):
            self.company.hub_exchange_counting = chance.choice(["time", "time", "none"])
            deed = chance.choice(["new", "new", "plan", "done", "cancel", "merge"])
            if deed == "new" or not exchanges:
                who = chance.sample(people, chance.randint(2, 6))
                cut = chance.randint(1, len(who) - 1)
                exchanges |= self._exchange(
                    who[:cut],
                    who[cut:],
                    duration=chance.randint(1, 600),
                    given_to_hub=chance.random() < 0.2,
                    done=True,
                )
            elif deed == "merge" and len(people) > 6:
                one, two = chance.sample(people, 2)
                self._merge(one, two)
                people.remove(two)
            else:
                exchange = chance.choice(list(exchanges))
                wanted = {"plan": "planned", "done": "done"}.get(deed, "cancelled")
                if wanted in self._next_of(exchange):
                    exchange._go_to(wanted)
            self.env.flush_all()
            self.env.cr.execute(
                "SELECT exchange_id, SUM(minutes) FROM hub_exchange_participant"
                " GROUP BY exchange_id HAVING SUM(minutes) != 0"
            )
            self.assertFalse(self.env.cr.fetchall())
            self.assertEqual(sum(self._balances().values()), 0)
        self.assertTrue(self._balances())

    def _next_of(self, exchange):
        people = exchange.participant_ids.partner_id
        if len(people) < len(exchange.participant_ids):
            return set()  # the same person twice after a merge: for a person to settle
        return {
            "planned": {"done", "cancelled"},
            "done": {"planned"},
            "cancelled": {"planned"},
        }[exchange.state]

    def _merge(self, one, two):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([one.id, two.id], one, extra_checks=False)
        self.env.invalidate_all()

    def test_open_reciprocity_counts_nothing(self):
        self.company.hub_exchange_counting = "none"
        exchange = self._exchange([self.amina], [self.bernard], done=True)
        self.assertFalse(exchange.is_counted)
        self.assertFalse(self._balances())

    def test_the_setting_changes_nothing_of_what_was_done(self):
        before = self._exchange([self.amina], [self.bernard], done=True)
        self.company.hub_exchange_counting = "none"
        during = self._exchange([self.amina], [self.bernard], done=True)
        self.assertEqual(self._balances(), {self.amina: 60, self.bernard: -60})
        self.company.hub_exchange_counting = "time"
        self.assertEqual(
            (before.is_counted, during.is_counted),
            (True, False),
        )
        self.assertEqual(self._balances(), {self.amina: 60, self.bernard: -60})

    def test_each_hub_has_its_own_balances(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        vals = {"company_id": other.id, "mediator_id": self.chloe.id, "done": True}
        self._exchange([self.amina], [self.bernard], **vals)
        self.assertFalse(self._balances(other))
        other.hub_exchange_counting = "time"
        self._exchange([self.amina], [self.bernard], **vals)
        self.assertFalse(self._balances())
        self.assertEqual(self._balances(other), {self.amina: 60, self.bernard: -60})

    # The limit

    def test_below_the_limit_a_reason_is_asked(self):
        exchange = self._exchange([self.amina], [self.bernard], duration=600)
        self.assertFalse(exchange.limit_words)
        exchange.action_done()
        more = self._exchange([self.amina], [self.bernard], duration=1)
        self.assertIn("Bernard Roux (– 10 h 01)", more.limit_words)
        with self.assertRaisesRegex(UserError, "why this is fine"), self.cr.savepoint():
            more.action_done()
        more.over_limit_reason = "   "
        with self.assertRaisesRegex(UserError, "why this is fine"), self.cr.savepoint():
            more.action_done()
        self.assertEqual(self._balances()[self.bernard], -600)
        more.over_limit_reason = "He gives at the fair next week."
        more.action_done()
        self.assertEqual(self._balances()[self.bernard], -601)

    def test_where_the_hub_refuses_no_reason_helps(self):
        self.company.write({"hub_exchange_over": "refuse", "hub_exchange_limit": 0})
        exchange = self._exchange(
            [self.amina], [self.bernard], over_limit_reason="Please"
        )
        with self.assertRaisesRegex(UserError, "They give first"), self.cr.savepoint():
            exchange.action_done()
        self.assertFalse(self._balances())
        self.company.hub_exchange_limit = 1
        exchange.action_done()

    def test_giving_is_never_refused(self):
        self.company.write({"hub_exchange_over": "refuse", "hub_exchange_limit": 20})
        self._exchange([self.amina], [self.bernard], duration=1200, done=True)
        self.company.hub_exchange_limit = 1
        self.assertTrue(
            self._exchange([self.bernard], [self.amina], duration=60, done=True)
        )

    def test_the_limit_is_written_without_a_sign(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.company.hub_exchange_limit = -1
            self.env.flush_all()

    # Volunteering

    def test_exchanges_between_members_are_no_volunteering(self):
        self._exchange([self.bernard], [self.amina], done=True)
        self.env["hub.volunteer.hours"]._propose(self.company)
        self.assertFalse(self._hours())

    def test_what_is_given_to_the_hub_is_volunteering_and_not_counted(self):
        exchange = self._exchange(
            [self.bernard], [self.amina], duration=90, given_to_hub=True, done=True
        )
        self.assertFalse(exchange.is_counted)
        self.assertFalse(self._balances())
        hours = self.env["hub.volunteer.hours"]
        self.assertEqual(hours._propose(self.company), 1)
        self.assertEqual(hours._propose(self.company), 0)
        self.assertRecordValues(
            self._hours(),
            [
                {
                    "partner_id": self.bernard.id,
                    "hours": 1.5,
                    "function": "network",
                    "state": "draft",
                    "date": fields.Date.to_date("2026-03-09"),
                    "name": "Sewing",
                    "role_kind": "volunteer",
                }
            ],
        )
        exchange.action_plan()
        hours._propose(self.company)
        self.assertFalse(self._hours())

    def test_nobody_types_in_where_time_comes_from(self):
        exchange = self._exchange([self.bernard], [self.amina], done=True)
        hours = self.env["hub.volunteer.hours"].with_user(self.users["coordinator"])
        with self.assertRaises(UserError):
            hours.create(
                {
                    "partner_id": self.bernard.id,
                    "participant_id": exchange.participant_ids[0].id,
                }
            )

    # Many

    def test_screens_cost_the_same_for_few_and_for_many(self):
        self._exchange([self.bernard], [self.amina], done=True)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            env = self.env(user=self.users["coordinator"])
            found = env["hub.exchange"].search([])
            found.read(["display_name", "mediator_id", "hours", "is_counted"])
            found.participant_ids.read(["partner_id", "minutes", "phone", "state"])
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        for _number in range(20):
            self._exchange([self.bernard], [self.chloe])
        self.assertEqual(cost(), few)
