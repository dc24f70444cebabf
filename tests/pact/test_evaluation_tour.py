from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .evaluation import EvaluationFactory

TELEPHONE, SCREEN = "390x844", "1366x768"


@tagged("post_install", "-at_install")
class TestEvaluationTour(EvaluationFactory, HubUsersMixin, BrowserCase):
    """One pact evaluated twice, in real browsers: each person in a session of one's
    own, the holder and the volunteer on a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_evaluations()
        cls.today = fields.Date.context_today(cls.company)
        cls.portal = new_test_user(
            cls.env, login="bernard_on_the_phone", groups="base.group_portal"
        )
        cls.pact = cls._contract(cls.amina, cls.portal.partner_id)

    @classmethod
    def _contract(cls, holder, volunteer):
        project = cls.env["crm.lead"].create(
            {
                "name": f"Project of {holder.name}",
                "is_hub_project": True,
                "partner_id": holder.id,
                "hub_kind": "individual",
            }
        )
        return cls._in_force(
            cls._term(cls.autonomy, sequence=10),
            cls._term(cls.jobs, sequence=20),
            cls._term(cls.culture, sequence=30),
            cls._term(cls.open_shop, sequence=40),
            start=cls.today - timedelta(days=200),
            lead_ids=[Command.set(project.ids)],
            people=[(holder, "concerned"), (volunteer, "volunteer")],
            user_id=cls.users["adviser"].id,
        )

    def _evaluate(self, pact, days_ago, autonomy, jobs, shop):
        return self._agreed(
            pact,
            self.today - timedelta(days=days_ago),
            {self.autonomy: autonomy, self.jobs: jobs, self.open_shop: shop},
        )

    def _tour(self, url, name, login=None, telephone=False):
        self.authenticate(None, None)
        # a browser of its own for each of them
        self.browser_size = TELEPHONE if telephone else SCREEN
        self.touch_enabled = telephone
        self.start_tour(url, name, login=login, timeout=180)
        self.env.invalidate_all()

    def test_a_pact_is_evaluated_twice_and_the_figures_agree(self):
        self._evaluate(self.pact, 120, "1", "0", "no")
        second = self._evaluation(self.pact, self.today)
        second.action_open()
        holder = self._person(second, self.amina)
        volunteer = self._person(second, self.portal.partner_id)
        link = holder._link().replace(holder.get_base_url(), "")

        self._tour(link, "hub_evaluation_holder", telephone=True)
        self.assertEqual(holder.given_channel, "portal")
        self.assertFalse(holder.given_by_id)
        self._tour(
            "/my/hub", "hub_evaluation_volunteer", self.portal.login, telephone=True
        )
        self.assertEqual(volunteer.given_channel, "portal")
        self._tour(
            f"/odoo/evaluations/{second.id}",
            "hub_evaluation_adviser",
            self.users["adviser"].login,
        )

        self.assertEqual(second.state, "agreed")
        self.assertEqual(
            {view.value for view in self._line(second, self.autonomy).view_ids},
            {"2", "4"},
        )
        self.assertEqual(
            second.line_ids.mapped("agreed_value"), ["3", "2", "Bread evenings", "yes"]
        )
        self.assertEqual(second.person_ids.recorded_by_id, self.users["adviser"])
        curves = {s["name"]: [p["value"] for p in s["points"]] for s in second.progress}
        self.assertEqual(
            curves,
            {"Autonomy": [1, 3], "Economic effects": [0, 2], "Shop open": [0, 1]},
        )
        self._check_year()

    def _check_year(self):
        """Four more projects: autonomy 2 -> 2, no job before and after, no shop."""
        for number in range(4):
            people = self.env["res.partner"].create(
                [{"name": f"Holder {number}"}, {"name": f"Volunteer {number}"}]
            )
            pact = self._contract(*people)
            self._evaluate(pact, 120, "2", "0", "no")
            self._evaluate(pact, 0, "2", "0", "no")
        year = self.env["hub.evaluation.year"].create({"year": self.today.year})
        figures = {
            line.indicator_id: (line.count, line.start_mean, line.last_mean)
            for line in year.line_ids
            if line.breakdown == "total"
        }
        # (1 + 4 x 2) / 5 and (3 + 4 x 2) / 5; 2 / 5; 1 of 5
        self.assertEqual(figures[self.autonomy], (5, 1.8, 2.2))
        self.assertEqual(figures[self.jobs], (5, 0.0, 0.4))
        self.assertEqual(figures[self.open_shop], (5, 0.0, 0.2))
