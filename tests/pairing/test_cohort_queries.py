from unittest.mock import patch

from odoo.tests import tagged

from .test_cohort_solve import CohortCommon


@tagged("post_install", "-at_install")
class TestCohortQueries(CohortCommon):
    """Two hundred projects cost as many queries as twenty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0
        cls.everybody = cls.env["res.partner"]
        cls.all_leads = cls.env["crm.lead"]

    def setUp(self):
        super().setUp()
        # Odoo writes one hundred rows per query; here it is all of them.
        for name in ("INSERT_BATCH_SIZE", "UPDATE_BATCH_SIZE"):
            self.startPatcher(patch(f"odoo.orm.models.{name}", 10_000))

    def _grow(self, number):
        """So many projects with a person each; a few with somebody beside them."""
        holders = self.env["res.partner"].create(
            [{"name": f"Holder {self.number + n}"} for n in range(number)]
        )
        skills = self.accounting | self.law
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Project of {holder.name}",
                    "is_hub_project": True,
                    "partner_id": holder.id,
                    "hub_skill_ids": [(0, 0, {"skill_id": s.id}) for s in skills],
                }
                for holder in holders
            ]
        )
        leads.hub_phase = "diagnosis"
        for n in range(number // 4):
            self.everybody |= self._create_volunteer(
                f"Person {self.number + n}",
                {skills[n % 2]: 1 + n % 3},
                capacity=6,
            )
        for lead in leads[:2]:
            self._pair(self.everybody[-1], lead, override_reason="Known for long")
        type(self).number += number
        self.all_leads |= leads
        self.env.flush_all()

    def _count(self, work, *, twice=False):
        if twice:  # what Odoo remembers of itself between two requests is read before
            work()
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def _costs(self):
        engine = self.env["hub.pairing.engine"]
        run = self._run(
            lead_ids=[(6, 0, self.all_leads.ids)],
            partner_ids=[(6, 0, self.everybody.ids)],
        )
        costs = {
            "prepare": self._count(
                lambda: engine._cohort_problem(self.all_leads, self.everybody)
            ),
            # Time enough to finish: what is found must not depend on the machine.
            "solve": self._count(lambda: run._solve(60)),
            "open": self._count(lambda: self._open(run), twice=True),
            "swap": self._count(lambda: self._swap(run)),
            "new": self._count(
                lambda: self.env["hub.pairing.run"].create({"is_cohort": True})
            ),
        }
        run.unlink()
        return costs

    def _open(self, run):
        coordinator = run.with_user(self.users["coordinator"])
        line = {
            name: {"fields": {"display_name": {}}}
            if field.type in ("many2one", "many2many", "one2many")
            else {}
            for name, field in run.line_ids._fields.items()
        }
        coordinator.web_read(
            {
                "state": {},
                "summary": {},
                "line_ids": {"fields": line, "limit": 10_000},
                "person_ids": {
                    "fields": {"partner_id": {"fields": {"display_name": {}}}},
                    "limit": 10_000,
                },
                "lead_ids": {"fields": {"display_name": {}}},
                "partner_ids": {"fields": {"display_name": {}}},
            }
        )

    def _swap(self, run):
        line = run.line_ids.filtered(lambda line: line.sought == 2)[:1]
        line.write({"first_id": line.second_id.id, "second_id": line.first_id.id})

    def test_many_projects_cost_as_many_queries_as_a_few(self):
        self._grow(20)
        self._costs()
        few = self._costs()
        self._grow(180)
        many = self._costs()
        # Lines on which the same fields change are written by one query: how many
        # kinds there are depends on what was found, not on the number of lines.
        for work in ("solve", "swap"):
            self.assertLessEqual(abs(many.pop(work) - few.pop(work)), 3, work)
        self.assertEqual(many, few)
