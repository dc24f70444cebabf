from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .knowledge import KnowledgeMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestKnowledge(KnowledgeMixin, HubCommon):
    """Offers and requests, and who could meet whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_knowledge()

    # Offers and requests

    def test_an_offer_holds_for_a_year_and_is_prolonged(self):
        offer = self._offer(self.amina, "Sewing")
        self.assertEqual(offer.state, "open")
        self.assertEqual(offer.valid_until, Date.to_date("2027-03-10"))
        offer.write({"date": "2025-01-01", "valid_until": "2026-03-09"})
        self.assertEqual(offer.state, "expired")
        offer.action_reopen()
        self.assertEqual(offer.state, "open")
        offer.action_close()
        self.assertEqual(offer.state, "closed")

    def test_states_are_found_as_they_are_shown(self):
        going = self._offer(self.amina, "Sewing")
        forever = self._offer(self.amina, "Cooking", valid_until=False)
        old = self._offer(
            self.amina, "Baking", date="2025-01-01", valid_until="2026-03-09"
        )
        closed = self._offer(self.amina, "Selling")
        closed.action_close()
        for state, expected in (
            ("open", going | forever),
            ("expired", old),
            ("closed", closed),
        ):
            found = self.knowledge.search([("state", "=", state)])
            self.assertEqual(found, found.filtered(lambda k, s=state: k.state == s))
            self.assertEqual(set(found), set(expected))
        others = self.knowledge.search([("state", "!=", "open")])
        self.assertEqual(set(others), set(old | closed))

    def test_what_says_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "few words"):
            self._offer(self.amina, "  ")
        with self.assertRaisesRegex(ValidationError, "out of date"):
            self._offer(self.amina, "Sewing", valid_until="2026-03-09")

    # Who could meet whom

    def test_the_same_skill_meets_whatever_the_words(self):
        offer = self._offer(self.bernard, "Budgets", skill_id=self.accounting.id)
        request = self._request(self.amina, "Figures", skill_id=self.accounting.id)
        self.assertEqual(self._pairs(), {(offer, request): "skill"})

    def test_a_finer_skill_meets_the_one_it_is_part_of(self):
        finer = self.env["hub.skill"].create(
            {"name": "Cash flow", "parent_id": self.accounting.id}
        )
        offer = self._offer(self.bernard, "A", skill_id=self.accounting.id)
        request = self._request(self.amina, "B", skill_id=finer.id)
        other = self._request(self.chloe, "C", skill_id=self.listening.id)
        self.assertEqual(self._pairs(), {(offer, request): "skill"})
        self.assertFalse(other.match_count)
        offer.skill_id, request.skill_id = finer, self.accounting
        self.assertEqual(self._pairs(), {(offer, request): "skill"})

    def test_words_in_common_meet(self):
        offer = self._offer(self.amina, "Cours de couture")
        request = self._request(self.chloe, "Apprendre la Couture, débutante")
        self.assertEqual(self._pairs(), {(offer, request): "words"})

    def test_a_long_word_meets_its_shorter_form(self):
        for long, short, meet in (
            ("Comptabilité", "compta", True),
            ("Jardinage", "jardin", True),
            ("Communication", "communes", False),
            ("Cuire", "cuir", False),
        ):
            with self.subTest(long), self.cr.savepoint() as savepoint:
                self._offer(self.bernard, long)
                self._request(self.amina, short)
                self.assertEqual(bool(self._pairs()), meet)
                savepoint.rollback()

    def test_the_word_of_a_skill_counts_in_every_language(self):
        self.accounting.with_context(lang="fr_FR").name = "Tenue de livres"
        self.accounting.aliases = "daybooks"
        offer = self._offer(self.bernard, "X", skill_id=self.accounting.id)
        requests = [
            self._request(self.amina, words)
            for words in ("Ledgerkeeping", "mes livres", "a daybook")
        ]
        self.assertEqual(set(self._pairs()), {(offer, r) for r in requests})

    def test_a_skill_tells_more_than_a_word(self):
        offer = self._offer(self.bernard, "Budget", skill_id=self.accounting.id)
        request = self._request(self.amina, "Budget", skill_id=self.accounting.id)
        self.assertEqual(self._pairs(), {(offer, request): "skill"})

    def test_words_that_everybody_uses_do_not_meet(self):
        self._offer(self.bernard, "Cours de yoga pour débutants")
        self._request(self.amina, "Cours de vente pour débutants")
        self.assertFalse(self._pairs())

    def test_nobody_meets_oneself_nor_what_is_over_nor_another_hub(self):
        self._offer(self.amina, "Sewing")
        self._request(self.amina, "Sewing")
        self._request(self.chloe, "Sewing").action_close()
        self._request(self.chloe, "Sewing").active = False
        self._request(self.chloe, "Sewing", date="2025-01-01", valid_until="2026-03-09")
        other = self.env["res.company"].create({"name": "Second hub"})
        self._request(self.chloe, "Sewing", company_id=other.id)
        self._offer(self.chloe, "Sewing")
        self.assertEqual(
            [(o.partner_id, r.partner_id) for o, r in self._pairs()],
            [(self.chloe, self.amina)],
        )

    def test_people_in_conflict_are_not_proposed_to_each_other(self):
        self._offer(self.bernard, "Sewing")
        self._request(self.amina, "Sewing")
        conflict = self.env["hub.conflict"].create(
            {"partner_id": self.amina.id, "other_partner_id": self.bernard.id}
        )
        self.assertFalse(self._pairs())
        conflict.active = False
        self.assertTrue(self._pairs())

    def test_both_records_show_the_meeting(self):
        offer = self._offer(self.bernard, "Sewing")
        request = self._request(self.amina, "Sewing")
        self.env.invalidate_all()
        self.assertEqual(offer.offer_match_ids.learner_id, self.amina)
        self.assertEqual(request.request_match_ids.giver_id, self.bernard)
        self.assertEqual((offer.match_count, request.match_count), (1, 1))

    def test_meetings_cost_the_same_for_few_and_for_many(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            env = self.env(user=self.users["adviser"])
            env["hub.knowledge"].search([]).read(["match_count", "state"])
            env["hub.knowledge.match"].search([]).read(["display_name", "offer_when"])
            return self.cr.sql_log_count - before

        self._offer(self.bernard, "Sewing")
        self._request(self.amina, "Sewing")
        cost()
        few = cost()
        for number in range(10):
            self._offer(self.bernard, f"Sewing {number}")
            self._request(self.amina, f"Sewing {number}")
        self.assertEqual(cost(), few)
        self.assertEqual(len(self._pairs()), 121)

    # Brought together

    def test_bringing_together_makes_a_planned_exchange_and_empties_the_list(self):
        offer = self._offer(self.bernard, "Sewing", place="Library")
        request = self._request(self.amina, "Learn sewing")
        match = self.matches.search([])
        action = match.with_user(self.users["coordinator"]).action_bring_together()
        exchange = self.env["hub.exchange"].browse(action["res_id"])
        self.assertRecordValues(
            exchange.participant_ids,
            [
                {
                    "partner_id": self.bernard.id,
                    "side": "giver",
                    "knowledge_id": offer.id,
                },
                {
                    "partner_id": self.amina.id,
                    "side": "learner",
                    "knowledge_id": request.id,
                },
            ],
        )
        self.assertEqual((exchange.name, exchange.place), ("Sewing", "Library"))
        self.assertEqual(exchange.state, "planned")
        mediator = self.users["coordinator"].partner_id
        self.assertEqual(exchange.mediator_id, mediator)
        self.assertFalse(self._pairs())
        exchange.action_cancel()
        self.assertTrue(self._pairs())

    def test_several_requests_of_one_offer_make_a_group(self):
        self._offer(self.bernard, "Sewing")
        self._request(self.amina, "Sewing")
        self._request(self.chloe, "Sewing")
        self._offer(self.chloe, "Yoga")
        self._request(self.amina, "Yoga")
        self.matches.search([]).action_bring_together()
        found = self.env["hub.exchange"].search([], order="name")
        self.assertEqual(found.mapped("name"), ["Sewing", "Yoga"])
        self.assertEqual(len(found[0].participant_ids), 3)

    def test_only_the_coordination_brings_together(self):
        self._offer(self.bernard, "Sewing")
        self._request(self.amina, "Sewing")
        with self.assertRaises(AccessError):
            self.matches.with_user(self.users["adviser"]).search(
                []
            ).action_bring_together()
        with self.assertRaisesRegex(UserError, "at least one"):
            self.matches.with_user(self.users["coordinator"]).action_bring_together()

    # Screens

    def test_the_form_is_filled_as_a_coordinator_does(self):
        form = Form(self.knowledge.with_user(self.users["coordinator"]))
        form.kind = "request"
        form.name = "English"
        form.partner_id = self.amina
        self.assertEqual(form.save().state, "open")

    def test_the_card_counts_what_is_open(self):
        self._offer(self.amina, "Sewing")
        self._request(self.amina, "English").action_close()
        amina = self.amina.with_user(self.users["adviser"])
        self.assertEqual(amina.hub_knowledge_count, 1)
        found = self.knowledge.search(amina.action_hub_knowledge()["domain"])
        self.assertEqual(len(found), 2)

    def test_the_overview_tells_the_coordination_whom_to_bring_together(self):
        self._offer(self.bernard, "Sewing")
        self._request(self.amina, "Sewing")
        self._exchange([self.chloe], [self.amina])

        def figures(role):
            overview = self.env["hub.overview"].with_user(self.users[role])
            return {f["key"]: f["value"] for f in overview._get_figures()}

        found = figures("coordinator")
        self.assertEqual(found["possible_meetings"], 1)
        self.assertEqual(found["exchanges_past"], 1)
        self.assertNotIn("possible_meetings", figures("adviser"))
        self.env["res.config.settings"].create(
            {"group_hub_feature_knowledge": False}
        ).execute()
        self.assertNotIn("possible_meetings", figures("coordinator"))
