from odoo import api, fields, models

# What is left to settle comes first.
RANKS = {"problem": 0, "alone": 1, "paired": 2, "proposed": 3}
# What a coordinator decides; all the rest follows from the search.
TYPED = {"first_id", "second_id", "locked", "excluded_ids", "override_reason"}
GUARDED = {
    "run_id",
    "lead_id",
    "kept_ids",
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
        "hub_pairing_run_line_kept_rel",
        string="Stays",
        readonly=True,
        help="Already beside the project, or asked: one more person is looked for.",
    )
    locked = fields.Boolean(
        string="Fixed", help="These two stay when pairs are looked for again."
    )
    excluded_ids = fields.Many2many(
        "res.partner",
        "hub_pairing_run_line_excluded_rel",
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

    @api.depends("state")
    def _compute_state_rank(self):
        for line in self:
            line.state_rank = RANKS.get(line.state, 0)

    def action_toggle_lock(self):
        """These two stay when pairs are looked for again, or no longer."""
        raise NotImplementedError

    def action_exclude_first(self):
        """Not the first person for this project."""
        raise NotImplementedError

    def action_exclude_second(self):
        """Not the second person for this project."""
        raise NotImplementedError

    def action_show_alternatives(self):
        """The next three pairs, and what each would cost the other projects."""
        raise NotImplementedError

    def action_propose(self):
        """Create the places of this project alone, and ask the people."""
        raise NotImplementedError
