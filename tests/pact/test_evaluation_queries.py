from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestEvaluationQueries(EvaluationFactory, HubCommon):
    """What a person or an adviser opens costs the same for one and for twenty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()

    def _cost(self, function):
        costs = []
        # what Odoo remembers of itself is read the first time only
        for _time in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            function()
            costs.append(self.cr.sql_log_count - before)
        return min(costs)

    def _more(self, number):
        for index in range(number):
            pact = self._in_force(
                self._term(self.jobs), name=f"Pact {index}",
                people=[(self.amina, "concerned"), (self.bernard, "volunteer")],
            )  # fmt: skip
            self._evaluation(pact).action_open()

    def test_the_personal_page_of_somebody_with_many_evaluations(self):
        page = self.env["hub.portal"]
        self._more(2)
        few = self._cost(lambda: page._sections(self.amina))
        self._more(18)
        self.assertEqual(self._cost(lambda: page._sections(self.amina)), few)

    def test_the_page_of_an_evaluation_after_many_others(self):
        pact = self._in_force(self._term(self.jobs), self._term(self.autonomy))
        last = self._evaluation(pact, "2026-06-30")
        for line in last.line_ids:
            line.write({"holder_value": "1", "volunteers_value": "2"})
        person = last.person_ids[0].sudo()

        def page():
            return person._portal_values("talk")

        self._agreed(pact, "2026-02-01", {self.jobs: "1", self.autonomy: "2"})
        few = self._cost(page)
        for day in range(2, 21):
            self._agreed(
                pact, f"2026-02-{day:02}", {self.jobs: "1", self.autonomy: "2"}
            )
        self.assertEqual(self._cost(page), few)
        self.assertEqual(page()["lines"][0]["previous"], "1 jobs")

    def test_the_form_after_many_others(self):
        pact = self._in_force(self._term(self.jobs))
        last = self._evaluation(pact, "2026-06-30")
        names = ("progress", "awaited", "ready_to_agree", "display_name")

        def form():
            record = last.with_user(self.users["coordinator"])
            return [record[name] for name in names], record.line_ids.mapped(
                "previous_label"
            )

        self._agreed(pact, "2026-02-01", {self.jobs: "1"})
        few = self._cost(form)
        for day in range(2, 21):
            self._agreed(pact, f"2026-02-{day:02}", {self.jobs: "1"})
        self.assertEqual(self._cost(form), few)
