from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import FullHubMixin

# Nobody reads them: only what they come to is shown.
UNREAD = {"hub.self.evaluation.answer", "hub.review.answer"}
# Shared by all hubs on purpose: words, places and texts to start from.
SHARED = {
    "hub.skill",
    "hub.activity",
    "hub.indicator",
    "hub.indicator.step",
    "hub.programme.indicator",
    "hub.territory",
    "hub.territory.zone",
    "hub.pact.template",
    "hub.pact.template.goal",
    "hub.pact.template.commitment",
    "hub.pact.template.term",
}


@tagged("post_install", "-at_install")
class TestSecondHub(FullHubMixin, HubCommon):
    """A second hub in the same database sees nothing of the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls.env["res.partner"].create({"name": "Volunteer of two hubs"})
        cls.found = cls._fill_hub(cls.company, cls.shared)
        cls.second = cls.env["res.company"].create({"name": "Second hub"})
        cls.second._hub_setup()
        cls.theirs = cls._fill_hub(cls.second, cls.shared, word="Otherword")
        cls.manager = cls._user("manager_b", cls.second)
        cls.both = cls._user("manager_of_both", cls.company | cls.second)
        # The hub decides before the author who reads a note.
        for found in (cls.found, cls.theirs):
            found["hub.interview.note"].reader_ids = (
                cls.manager.partner_id | cls.both.partner_id
            )

    @classmethod
    def _user(cls, login, companies):
        return new_test_user(
            cls.env,
            login=login,
            groups="solidarity_hub.group_hub_manager,solidarity_hub.group_hub_board",
            company_id=companies[-1:].id,
            company_ids=[Command.set(companies.ids)],
        )

    def _env(self, user, companies):
        return self.env(
            user=user,
            context=dict(self.env.context, allowed_company_ids=companies.ids),
        )

    def _models_of_the_hub(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("hub.")
            and not model._abstract
            and not model._transient
            and name not in SHARED
        ]

    def test_the_hub_of_this_test_has_a_record_of_every_model(self):
        missing = [n for n in self._models_of_the_hub() if not self.found.get(n)]
        self.assertFalse(missing, "add these models to FullHubMixin or to SHARED")

    def test_every_model_of_the_hub_belongs_to_a_company_with_a_rule(self):
        rules = self.env["ir.rule"].sudo()
        for name in self._models_of_the_hub():
            with self.subTest(name):
                field = self.env[name]._fields.get("company_id")
                self.assertTrue(field and field.store)
                self.assertTrue(self.env[name]._check_company_auto)
                found = rules.search(
                    [("model_id.model", "=", name), ("groups", "=", False)]
                )
                self.assertTrue(
                    any("company_ids" in rule.domain_force for rule in found)
                )

    def _assert_sees_only(self, env, mine, hidden):
        for name, records in hidden.items():
            if name in UNREAD:
                continue
            with self.subTest(name):
                model = env[name].with_context(active_test=False)
                seen = model.search([])
                self.assertFalse(set(seen.ids) & set(records.ids))
                self.assertLessEqual(set(mine[name].ids), set(seen.ids))
                names = {row[0] for row in model.name_search("", limit=None)}
                self.assertFalse(names & set(records.ids))
                for record in records.with_env(env):
                    self.assertFalse(record.has_access("read"))
                    self.assertFalse(record.has_access("write"))

    def test_a_second_hub_sees_nothing_of_the_first(self):
        env = self._env(self.manager, self.second)
        self._assert_sees_only(env, self.theirs, self.found)

    def test_whoever_works_for_both_sees_the_one_selected(self):
        one = self._env(self.both, self.company)
        self._assert_sees_only(one, self.found, self.theirs)
        two = self._env(self.both, self.second)
        self._assert_sees_only(two, self.theirs, self.found)

    def test_whoever_works_for_both_may_select_both(self):
        env = self._env(self.both, self.company | self.second)
        for name, records in self.found.items():
            if name in UNREAD:
                continue
            both = records | self.theirs[name]
            self.assertEqual(
                env[name].search_count([("id", "in", both.ids)]), len(both)
            )

    def test_a_contact_of_both_shows_each_hub_its_own(self):
        for company, mine in ((self.company, self.found), (self.second, self.theirs)):
            self.env.invalidate_all()
            partner = self.shared.with_env(self._env(self.both, company))
            self.assertLessEqual(partner.hub_role_ids, mine["hub.role"])
            self.assertEqual(partner.hub_pairing_ids, mine["hub.pairing"])
            self.assertEqual(partner.hub_skill_ids, mine["hub.partner.skill"])
            self.assertEqual(partner.hub_signature_ids, mine["hub.charter.signature"])
            self.assertEqual(partner.hub_load, 1)
            self.assertTrue(partner.hub_is_volunteer)

    def test_what_a_record_writes_about_itself_stays_in_its_hub(self):
        env = self._env(self.manager, self.second)
        for model in ("mail.message", "mail.activity", "ir.attachment"):
            for name, records in self.found.items():
                if name in UNREAD:
                    continue
                column = "model" if model == "mail.message" else "res_model"
                domain = [(column, "=", name), ("res_id", "in", records.ids)]
                self.assertFalse(env[model].search(domain), f"{model} of {name}")

    def test_a_record_of_one_hub_does_not_take_one_of_the_other(self):
        """Even the one who works for both mixes nothing up."""
        env = self._env(self.both, self.company | self.second)
        lead = self.found["crm.lead"].with_env(env)
        other = self.theirs["crm.lead"].with_env(env)
        cases = [
            (lead, {"hub_need_id": self.theirs["hub.need"].id}),
            (
                lead,
                {"hub_programme_ids": [Command.set(self.theirs["hub.programme"].ids)]},
            ),
            (lead, {"company_id": self.second.id}),
            (lead, {"team_id": other.team_id.id}),
            (self.found["hub.pact"], {"lead_ids": [Command.set(other.ids)]}),
            (self.found["hub.pact"], {"diagnosis_id": self.theirs["hub.diagnosis"].id}),
            (self.found["hub.diagnosis"], {"lead_id": other.id}),
            (
                self.found["hub.self.evaluation"],
                {"college_ids": [Command.set(self.theirs["hub.college"].ids)]},
            ),
            (
                self.found["hub.evaluation.year"],
                {"set_id": self.theirs["hub.indicator.set"].id},
            ),
            (self.found["hub.project.holder"], {"lead_id": other.id}),
            (
                self.found["hub.annual.review"],
                {"base_id": self.theirs["hub.annual.review"].id},
            ),
            (
                self.found["hub.review.point"],
                {"college_id": self.theirs["hub.college"][0].id},
            ),
        ]
        for record, vals in cases:
            with (
                self.subTest(f"{record} {vals}"),
                self.assertRaises(UserError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                record.with_env(env).write(vals)
                self.env.flush_all()

    def test_setting_a_hub_up_again_changes_nothing(self):
        self.env.flush_all()
        counted = [
            "crm.team",
            "crm.stage",
            "ir.sequence",
            "hub.college",
            "hub.charter",
            "base_import.mapping",
        ]
        before = {name: self.env[name].search_count([]) for name in counted}
        teams = self.env["crm.stage"].search([]).mapped("team_ids")
        self.second._hub_setup()
        (self.company | self.second)._hub_setup()
        after = {name: self.env[name].search_count([]) for name in counted}
        self.assertEqual(after, before)
        self.assertEqual(self.env["crm.stage"].search([]).mapped("team_ids"), teams)

    def test_only_whoever_may_change_the_company_makes_it_a_hub(self):
        for role in ("employee", "adviser", "sales"):
            env = self.env(user=self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                self.second.with_env(env).action_hub_setup()

    def test_figures_of_the_first_page_are_those_of_the_selected_hub(self):
        board = self._env(self.both, self.second)["hub.overview"].get_overview()
        self.assertEqual(board["hub"], "Second hub")
        by_key = {figure["key"]: figure["value"] for figure in board["figures"]}
        self.assertEqual(by_key["waiting"], 0)
        self.assertEqual(by_key["received"], 1)
