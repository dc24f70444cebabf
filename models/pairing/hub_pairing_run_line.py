from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..common.hub_guard_mixin import OPEN

SHOWN = 3  # next pairs

# What is left to settle comes first.
RANKS = {"problem": 0, "alone": 1, "paired": 2, "proposed": 3}
# What a coordinator decides; all the rest follows from the search.
TYPED = {"first_id", "second_id", "locked", "excluded_ids", "override_reason"}
GUARDED = {
    "run_id",
    "lead_id",
    "permille",
    "words",
    "numbers",
    "covered_by",
    "loads",
    "reason",
    "warning",
    "note",
    "alternative_ids",
    "pairing_ids",
    "state",
    "problem",
    "sought",
}


class HubPairingRunLine(models.Model):
    """What a cohort proposes for one project: two people, or why it stays alone."""

    _name = "hub.pairing.run.line"
    _description = "Pair proposed in a cohort"
    _inherit = ["hub.guard.mixin"]
    _order = "state_rank, id"
    _check_company_auto = True
    _guarded_fields = frozenset(GUARDED)

    run_id = fields.Many2one(
        "hub.pairing.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="run_id.company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    first_id = fields.Many2one("res.partner", string="First person", check_company=True)
    second_id = fields.Many2one(
        "res.partner", string="Second person", check_company=True
    )
    kept_ids = fields.Many2many(
        "res.partner",
        string="Stays",
        compute="_compute_kept_ids",
        help="Already beside the project, or asked: one more person is looked for.",
    )
    locked = fields.Boolean(
        string="Fixed", help="These two stay when pairs are looked for again."
    )
    excluded_ids = fields.Many2many(
        "res.partner",
        string="Not for this project",
        help="Not proposed for this project when pairs are looked for again.",
    )
    permille = fields.Integer(
        string="Needs covered (of 1000)", readonly=True, aggregator="avg"
    )
    words = fields.Char(string="Together", readonly=True)
    numbers = fields.Text(string="How it was computed", readonly=True)
    covered_by = fields.Text(
        string="Who brings what",
        readonly=True,
        help="Each skill needed, and which of the two has it.",
    )
    loads = fields.Text(string="Afterwards", readonly=True)
    reason = fields.Text(string="Why the project stays alone", readonly=True)
    warning = fields.Text(string="Asks a reason", readonly=True)
    note = fields.Text(string="To know", readonly=True)
    sought = fields.Integer(
        readonly=True, aggregator=False, help="How many people are to be asked."
    )
    override_reason = fields.Text(string="Reason for choosing them all the same")
    alternative_ids = fields.One2many(
        "hub.pairing.run.alternative", "line_id", string="Next pairs", readonly=True
    )
    pairing_ids = fields.One2many(
        "hub.pairing", "run_line_id", string="People proposed", readonly=True
    )
    state = fields.Selection(
        [
            ("alone", "Stays alone"),
            ("paired", "Pair found"),
            ("proposed", "Proposed"),
            ("problem", "To settle"),
        ],
        required=True,
        readonly=True,
        default="alone",
    )
    state_rank = fields.Integer(compute="_compute_state_rank", store=True)
    problem = fields.Text(string="What is to settle", readonly=True)

    @api.depends("lead_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.lead_id.name or ""

    @api.depends("state")
    def _compute_state_rank(self):
        for line in self:
            line.state_rank = RANKS.get(line.state, 0)

    @api.depends(
        "lead_id.hub_pairing_ids.state",
        "lead_id.hub_pairing_ids.role",
        "lead_id.hub_pairing_ids.volunteer_id",
    )
    def _compute_kept_ids(self):
        engine = self.env["hub.pairing.engine"]
        places = engine._kept_places(self.lead_id).grouped("lead_id")
        nothing = self.env["hub.pairing"].sudo()
        for line in self:
            there = places.get(line.lead_id, nothing)
            line.kept_ids = there.volunteer_id.with_env(self.env)

    def write(self, vals):
        typed = TYPED & set(vals)
        if not typed or self.env.context.get("hub_guard") is OPEN:
            return super().write(vals)
        self._check_open()
        done = super().write(vals)
        if typed & {"first_id", "second_id"}:
            self._fix_chosen(vals.get("override_reason"))
        elif "excluded_ids" in typed:
            self._drop_excluded()
        elif vals.get("override_reason"):
            self._take_up_again()
        if typed & {"first_id", "second_id", "excluded_ids"}:
            for run, lines in self.grouped("run_id").items():
                run._follow_hand(lines)
        return done

    def action_toggle_lock(self):
        """These two stay when pairs are looked for again, or no longer."""
        for line in self:
            if not line._newcomers():
                raise UserError(
                    self.env._(
                        "“%(project)s”: there is nobody to fix. Choose the people"
                        " first.",
                        project=line.display_name,
                    )
                )
            line.locked = not line.locked
        return True

    def action_exclude_first(self):
        """Not the first person for this project."""
        return self._exclude("first_id")

    def action_exclude_second(self):
        """Not the second person for this project."""
        return self._exclude("second_id")

    def action_show_alternatives(self):
        """The next three pairs, and what each would cost the other projects."""
        self.ensure_one()
        self._check_open()
        self.check_access("write")
        problem = self.run_id._problem()
        plan = self.run_id._plan(problem)
        found = problem.next_pairs(self.lead_id.id, plan, limit=SHOWN)
        engine = self.env["hub.pairing.engine"]
        self.sudo().alternative_ids.unlink()
        self.sudo().alternative_ids.create(
            engine._alternatives_vals(self, problem, found, problem.values(plan))
        )
        return True

    # ------------------------------------------------------------
    # Inside
    # ------------------------------------------------------------

    def _newcomers(self):
        """Those of the two who are still to be asked."""
        self.ensure_one()
        return (self.first_id | self.second_id) - self.kept_ids

    def _exclude(self, name):
        self.ensure_one()
        partner = self[name]
        if not partner or partner in self.kept_ids:
            raise UserError(
                self.env._(
                    "“%(project)s”: only somebody who is proposed here can be taken"
                    " off. Whoever is beside the project already stays; end that"
                    " accompaniment first.",
                    project=self.display_name,
                )
            )
        self.excluded_ids = [Command.link(partner.id)]
        return True

    def _fix_chosen(self, reason):
        for line in self:
            chosen = line.first_id | line.second_id
            line._unguarded().write(
                {
                    "locked": bool(line._newcomers()),
                    "excluded_ids": [Command.unlink(p.id) for p in chosen],
                    "override_reason": reason,
                }
            )

    def _drop_excluded(self):
        """Whoever was taken off leaves the pair, and with that the pair is open."""
        for line in self:
            out = line._newcomers() & line.excluded_ids
            if out:
                line._unguarded().write(
                    {
                        "first_id": line.kept_ids[:1].id,
                        "second_id": False,
                        "locked": False,
                        "reason": self.env._(
                            "%(name)s was taken off this project. Search again, or"
                            " choose two people by hand.",
                            name=", ".join(out.mapped("display_name")),
                        ),
                    }
                )

    def _take_up_again(self):
        """A problem is answered with a reason: the pair can be proposed again."""
        answered = self.filtered(lambda line: line.state == "problem")
        answered._unguarded().write({"state": "paired", "problem": False})

    def _keep_plan(self, vals):
        """What the search or a choice by hand says of this project."""
        self.ensure_one()
        kept = {False, *self.kept_ids.ids}
        after = {vals["first_id"], vals["second_id"]} - kept
        if set(self._newcomers().ids) != after:
            vals = vals | {"override_reason": False, "locked": False}
        self._unguarded().write(vals)

    def _check_open(self):
        self.run_id._check_open()
        for line in self.filtered(lambda line: line.state == "proposed"):
            raise UserError(
                self.env._(
                    "“%(project)s”: its two people are asked already. Change them in"
                    " the project itself.",
                    project=line.display_name,
                )
            )
        self._check_in_cohort()

    def _check_choice(self, problem):
        """Refuse two people who cannot be beside this project."""
        for line in self:
            people = line.kept_ids | line._newcomers()
            if line.first_id and line.first_id == line.second_id:
                line._raise_choice(self.env._("a pair is two different people"))
            if len(people) > 2:
                line._raise_choice(
                    self.env._(
                        "%(names)s is beside it already and stays: only one more person"
                        " is looked for",
                        names=", ".join(line.kept_ids.mapped("display_name")),
                    )
                )
            for partner in line._newcomers():
                verdict = problem.verdicts[line.lead_id.id, partner.id]
                verdict.raise_refusal(self.env, line.lead_id, partner)
            if tuple(sorted(people.ids)) in problem.apart:
                line._raise_choice(
                    self.env._("there is a declared conflict between these two")
                )

    def _raise_choice(self, rule):
        raise UserError(
            self.env._(
                "“%(project)s”: %(rule)s. Choose somebody else.",
                project=self.display_name,
                rule=rule,
            )
        )
