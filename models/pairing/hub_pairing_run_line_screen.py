from odoo import api, fields, models

SHOWN = ("words", "numbers", "covered_by", "loads", "warning", "note")


class HubPairingRunLine(models.Model):
    """What the page of a cohort shows of one project, and the dialog behind it."""

    _inherit = "hub.pairing.run.line"

    run_state = fields.Selection(related="run_id.state", string="Status of the cohort")
    choosable_ids = fields.Many2many(
        "res.partner",
        string="People who can be chosen",
        compute="_compute_choosable_ids",
    )
    can_free_first = fields.Boolean(
        string="The first place can be freed", compute="_compute_can_free"
    )
    can_free_second = fields.Boolean(
        string="The second place can be freed", compute="_compute_can_free"
    )
    excluded_names = fields.Char(
        string="Left out by hand", compute="_compute_excluded_names"
    )

    @api.depends("run_id", "lead_id")
    def _compute_choosable_ids(self):
        eligibility = self.env["hub.pairing.eligibility"]
        for run, lines in self.grouped("run_id").items():
            people = run.partner_ids._origin
            verdicts = eligibility._verdicts_of(lines.lead_id._origin, people)
            for line in lines:
                lead = line.lead_id.id
                line.choosable_ids = people.filtered(
                    lambda p, lead=lead, found=verdicts: not found[lead, p.id].refusals
                )

    @api.depends("first_id", "second_id", "kept_ids", "state", "run_state")
    def _compute_can_free(self):
        for line in self:
            changeable = line.run_state == "solved" and line.state != "proposed"
            for side in ("first", "second"):
                person = line[f"{side}_id"]
                line[f"can_free_{side}"] = bool(
                    changeable and person and person not in line.kept_ids
                )

    @api.depends("excluded_ids")
    def _compute_excluded_names(self):
        for line in self:
            line.excluded_names = ", ".join(line.excluded_ids.mapped("display_name"))

    @api.onchange("first_id", "second_id")
    def _onchange_people(self):
        """What the two would give together, before anything is kept."""
        line, run = self._origin, self._origin.run_id
        people = (line.kept_ids | self.first_id | self.second_id)._origin.ids
        problem, vals = run._problem(), dict.fromkeys(SHOWN, False)
        if people and set(people) <= set(problem.people):
            plan = run._plan(problem) | {line.lead_id.id: people}
            engine = self.env["hub.pairing.engine"]
            vals = engine._cohort_lines(problem, plan, {})[line.lead_id.id]
        for name in SHOWN:
            self[name] = vals[name]

    def action_show_alternatives(self):
        """The next three pairs and what each would cost, in a dialog."""
        super().action_show_alternatives()
        return dict(self.action_open_choice(), context={"hub_looked": True})

    def action_open_choice(self):
        """Look at this project closer, and choose by hand."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.lead_id.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_show_computed(self):
        """Who brings what, and the numbers behind it."""
        return dict(self.action_open_choice(), context={"hub_computed": True})

    def action_open_project(self):
        """The project itself, with its needs and its people."""
        self.ensure_one()
        action = self.lead_id._get_records_action()
        return dict(action, context={"hub_project_view_ref": 1})


class HubPairingRunAlternative(models.Model):
    _inherit = "hub.pairing.run.alternative"

    def action_take(self):
        """Take these two; the dialog closes on the changed plan."""
        super().action_take()
        return {"type": "ir.actions.act_window_close"}


class HubPairingRun(models.Model):
    _inherit = "hub.pairing.run"

    to_propose_count = fields.Integer(
        string="Pairs to propose", compute="_compute_to_propose_count"
    )

    @api.depends("line_ids.state")
    def _compute_to_propose_count(self):
        groups = self.env["hub.pairing.run.line"]._read_group(
            [("run_id", "in", self.ids), ("state", "in", ("paired", "problem"))],
            ["run_id"],
            ["__count"],
        )
        counts = dict(groups)
        for run in self:
            run.to_propose_count = counts.get(run._origin, 0)
