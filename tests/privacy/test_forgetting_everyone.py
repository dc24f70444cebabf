from datetime import date

from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from ..review import by_hand
from ..review.common import FiguresMixin, RandomHub
from .figures import all_figures

YEARS = range(2022, 2027)


@tagged("post_install", "-at_install")
class TestForgettingEveryone(FiguresMixin, HubCommon):
    """All who can be are made anonymous, by the list and its job: every figure, every
    row of every report and every breakdown is what it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_figures()
        cls.hub.hub_collective_times = 2
        cls.hub.hub_small_group = 2
        cls.people = cls.env["res.partner"]
        for seed in (3, 5, 8):
            random_hub = RandomHub(cls, seed)
            cls.people |= cls.people.concat(*random_hub.people)
            cls._describe(random_hub)
        with freeze_time("2030-01-10 12:00:00"):
            for lead in cls._projects_of(cls.people):
                lead.hub_phase = "closed"

    @classmethod
    def _projects_of(cls, people):
        lines = cls.env["hub.project.holder"].search([("partner_id", "in", people.ids)])
        return lines.lead_id

    @classmethod
    def _describe(cls, random_hub):
        """What breakdowns group by."""
        for n, person in enumerate(random_hub.people):
            if not person.is_company:
                person.hub_gender = ("female", "male", False)[n % 3]
                person.hub_birth_year = (1960, 1990, False)[n % 3]
        for n, holder in enumerate(
            line for lead in random_hub.leads for line in lead.hub_holder_ids
        ):
            cls.env["hub.situation"].create(
                {
                    "holder_id": holder.id,
                    "moment": "entry",
                    "status": ("job_seeker", "student")[n % 2],
                }
            )

    def _everything(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            "figures": all_figures(self.env, self.hub),
            "breakdowns": [
                self.figures._breakdowns(self.hub, date(y, 1, 1), date(y, 12, 31))[0]
                for y in YEARS
            ],
            "by hand": [by_hand.count(self.env, self.hub, year) for year in YEARS],
        }

    def _make_anonymous(self):
        rows = self.env["hub.anonymisation"]
        rows._propose()
        listed = rows.search([("state", "=", "proposed")])
        listed.with_user(self.users["manager"]).action_confirm()
        while rows._count_confirmed():
            self.assertTrue(rows._take_away())
        return listed

    @freeze_time("2036-01-10 12:00:00")
    def test_every_figure_recomputed_is_unchanged(self):
        before = self._everything()
        self.assertTrue(any(before["breakdowns"]))
        listed = self._make_anonymous()
        self.assertEqual(set(listed.mapped("state")), {"done"})
        persons = self.people.filtered(lambda one: not one.is_company)
        carrying = persons.filtered(self._projects_of)
        self.assertGreater(len(carrying), 10)
        self.assertFalse(carrying.filtered(lambda one: not one.hub_anonymous_on))
        self.maxDiff = None
        self.assertEqual(self._everything(), before)
        self.assertTrue(before["by hand"][2]["person.accompanied"])
