from odoo import models
from odoo.exceptions import UserError
from odoo.tools import config
from odoo.tools.misc import formatLang

# Projects times pairs of people: what is compared while one waits.
AT_ONCE = 15_000
SECONDS_AT_ONCE = 4.0
SECONDS_IN_JOB = 60.0
USUAL_CPU_LIMIT = 60


class HubPairingRun(models.Model):
    """Looking for the best pairs of a whole cohort, and keeping what was found."""

    _inherit = "hub.pairing.run"

    def action_solve(self):
        """Look for the best pairs of all these projects together.

        A small cohort is searched at once; a large one by a job, whose result one
        comes back to.
        """
        self.ensure_one()
        self._check_can_solve()
        people = len(self.partner_ids)
        if len(self.lead_ids) * people * (people - 1) // 2 > AT_ONCE:
            self._queue("queued", self.env._("Waiting for its turn"))
        else:
            self._solve(self._time_limit(SECONDS_AT_ONCE))
        return True

    def action_search_longer(self):
        """Search again in the background, with more time."""
        self.ensure_one()
        self._check_can_solve()
        self._queue("queued", self.env._("Waiting for its turn"))
        return True

    def _check_can_solve(self):
        self.check_access("write")
        self._check_open()
        if not self.lead_ids:
            raise UserError(
                self.env._(
                    "%(run)s: choose at least one project.", run=self.display_name
                )
            )
        if len(self.partner_ids) < 2:
            raise UserError(
                self.env._(
                    "%(run)s: choose at least two people. Those of the hub are under"
                    " People > Volunteers.",
                    run=self.display_name,
                )
            )

    def _time_limit(self, wanted):
        """Never more than half of what Odoo grants to one request or job."""
        return min(wanted, (config["limit_time_cpu"] or USUAL_CPU_LIMIT) / 2)

    def _solve(self, time_limit, tell=None):
        """Read, compare, and write down what was found.

        :param tell: called with the words of each stage
        """
        tell = tell or (lambda text: None)
        tell(self.env._("Reading the projects and the people"))
        problem = self._problem()
        tell(
            self.env._(
                "Comparing %(count)s pairs, for %(seconds)s seconds at most",
                count=formatLang(self.env, problem.size, digits=0),
                seconds=round(time_limit),
            )
        )
        result = problem.solve(time_limit)
        tell(self.env._("Writing down what was found"))
        self._keep_result(problem, result)

    def _problem(self):
        """What the search knows of this cohort; the hand of the coordinator in it."""
        run = self.sudo()
        fixed, excluded, named = set(), set(), run.partner_ids.browse()
        for line in run.line_ids:
            chosen = line.first_id | line.second_id
            named |= chosen
            lead = line.lead_id.id
            excluded |= {(lead, partner.id) for partner in line.excluded_ids}
            if line.locked:
                fixed |= {(lead, partner.id) for partner in chosen}
        return self.env["hub.pairing.engine"]._cohort_problem(
            run._leads_to_pair(),
            run.partner_ids | named,
            fixed=fixed,
            excluded=excluded,
            with_warned=run.with_warned,
        )

    def _leads_to_pair(self):
        """The projects of this cohort that still go on."""
        return self.lead_ids.filtered(lambda lead: lead.hub_phase != "closed")

    def _keep_result(self, problem, result):
        """The lines, the people and the words of a finished search."""
        engine = self.env["hub.pairing.engine"]
        plan = {pair.project: pair.volunteers for pair in result.pairs}
        self._unguarded().write(
            {
                "state": "solved",
                "stage_text": False,
                "error": False,
                "status": result.status,
                "gap": result.gap,
                "seconds": result.seconds,
                "solved_on": self.env.cr.now(),
                "changed_by_hand": False,
            }
        )
        self._prepare_lines(problem)
        reasons = engine._reasons_alone(problem, result.unpaired)
        self._write_plan(problem, plan, reasons)

    def _prepare_lines(self, problem):
        """One line per project, those taken out of the cohort removed."""
        self._drop_taken_out()
        run = self.sudo()
        known = set(run.line_ids.lead_id.ids)
        run.line_ids.create(
            [
                {"run_id": run.id, "lead_id": lead}
                for lead in problem.projects
                if lead not in known
            ]
        )

    def _drop_taken_out(self):
        """Projects taken out of the cohort keep no pair; those proposed stay."""
        run = self.sudo()
        gone = run.line_ids.filtered(lambda line: line.lead_id not in run.lead_ids)
        gone.filtered(lambda line: line.state != "proposed").unlink()

    def _follow_choice(self):
        """Other projects or people than those compared: what was found is open."""
        for run in self.filtered(lambda run: run.state == "solved"):
            run._drop_taken_out()
            run.sudo().line_ids.alternative_ids.unlink()
            run._unguarded().changed_by_hand = True
            run._unguarded().summary = run._summary_text()

    def _write_plan(self, problem, plan, reasons, changed=None):
        """Write down who is beside which project, in words.

        :param plan: {project id: ids of the people}
        :param reasons: {project id: why it stays alone}
        :param changed: the lines to which something was done, all where not given; a
            problem stays on the others
        """
        run = self.sudo()
        words = run.env["hub.pairing.engine"]._cohort_lines(problem, plan, reasons)
        run.line_ids.alternative_ids.unlink()
        for line in run.line_ids:
            if line.lead_id.id in words:
                vals = words[line.lead_id.id]
                if changed and line not in changed and line.state == "problem":
                    vals = vals | {"state": "problem", "problem": line.problem}
                line._keep_plan(vals)
        self._write_people(problem, plan)
        self._unguarded().summary = run._summary_text()

    def _plan(self, problem):
        """{project id: ids of the people} as the lines say it now."""
        plan = {}
        for line in self.sudo().line_ids:
            kept = problem.kept.get(line.lead_id.id)
            if kept is not None:
                chosen = [p.id for p in line.first_id | line.second_id]
                new = [person for person in chosen if person not in kept]
                if new or len(kept) > 1:
                    plan[line.lead_id.id] = (*kept, *new)
        return plan

    def _follow_hand(self, lines):
        """Pairs were chosen by hand: check them, and say again what follows."""
        problem = self._problem()
        lines._check_choice(problem)
        reasons = {line.lead_id.id: line.reason for line in self.line_ids}
        self._unguarded().changed_by_hand = True
        self._write_plan(problem, self._plan(problem), reasons, changed=lines)

    def _write_people(self, problem, plan):
        run = self.sudo()
        before, after = problem.loads_before(), problem.loads_after(plan)
        why = run.env["hub.pairing.engine"]._left_out(problem)
        known = run.person_ids.grouped("partner_id")
        new = []
        for person in problem.people:
            vals = {
                "capacity": problem.capacities[person],
                "load_before": before[person],
                "load_after": after[person],
                "reason": why.get(person, False),
            }
            partner = run.partner_ids.browse(person)
            if partner in known:
                known[partner].write(vals)
            else:
                new.append({"run_id": run.id, "partner_id": person, **vals})
        run.person_ids.filtered(
            lambda p: p.partner_id.id not in problem.people
        ).unlink()
        run.person_ids.create(new)
