from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

KINDS = [
    ("opening", "Already there"),
    ("call", "Call of funds"),
    ("return", "Return"),
    ("given", "Given instead of returned"),
    ("borne", "Loss borne by the funder"),
]
STATES = [
    ("planned", "Planned"),
    ("draft", "Draft entry"),
    ("open", "To be paid"),
    ("partial", "Paid in part"),
    ("settled", "Done"),
]
# Kinds that somebody pays: their entry has a line to be settled.
PAID = ("call", "return")
# By which money leaves, or is owed no more.
LEAVING = ("return", "given", "borne")


class HubContributionLine(models.Model):
    """One movement of a contribution: money called, returned, given, or lost.

    Planned lines are a plan; an entry makes them owed, a payment settles them.
    """

    _name = "hub.contribution.line"
    _description = "Call or return of a contribution"
    _inherit = ["hub.guard.mixin"]
    _order = "date, id"
    _check_company_auto = True
    _guarded_fields = frozenset({"move_id", "open_line_id", "problem"})

    contribution_id = fields.Many2one(
        "hub.contribution",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="contribution_id.partner_id", string="Funder", store=True, index=True
    )
    fund_id = fields.Many2one(
        related="contribution_id.fund_id", store=True, index="btree_not_null"
    )
    instrument = fields.Selection(related="contribution_id.instrument")
    company_id = fields.Many2one(
        related="contribution_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="call")
    date = fields.Date(
        required=True,
        index=True,
        default=fields.Date.context_today,
        help="When it is to be paid, or when it happened.",
    )
    principal = fields.Monetary(string="Amount", required=True)
    interest = fields.Monetary(help="Paid to the funder with a return.")
    amount = fields.Monetary(
        string="In all", compute="_compute_amount", store=True, precompute=True
    )
    note = fields.Char()
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, compute_sudo=True
    )
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    open_line_id = fields.Many2one(
        "account.move.line",
        string="Line to settle",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    residual_amount = fields.Monetary(
        string="Open",
        compute="_compute_residual_amount",
        compute_sudo=True,
        store=True,
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    problem = fields.Char(string="Not entered because", copy=False, readonly=True)

    _amounts = models.Constraint(
        "CHECK(principal >= 0 AND interest >= 0 AND principal + interest > 0)",
        "Amounts of a call or a return are above zero.",
    )
    _move_once = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL",
        "An entry belongs to one call or return.",
    )

    @api.depends("contribution_id.display_name", "kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            words = [
                line.contribution_id.display_name,
                labels.get(line.kind),
                format_date(self.env, line.date) if line.date else "",
            ]
            line.display_name = ", ".join(filter(None, words))

    @api.depends("principal", "interest")
    def _compute_amount(self):
        for line in self:
            line.amount = line.principal + line.interest

    @api.depends("open_line_id.amount_residual", "open_line_id.parent_state")
    def _compute_residual_amount(self):
        for line in self:
            owed = line.open_line_id
            line.residual_amount = owed._hub_open_amount() if owed else 0

    @api.depends("kind", "move_id.state", "residual_amount", "amount")
    def _compute_state(self):
        for line in self:
            compare = line.currency_id.compare_amounts
            if line.kind == "opening":
                line.state = "settled"
            elif not line.move_id:
                line.state = "planned"
            elif line.move_id.state != "posted":
                line.state = "draft"
            elif compare(line.residual_amount, 0) <= 0:
                line.state = "settled"
            else:
                paid = compare(line.residual_amount, line.amount) < 0
                line.state = "partial" if paid else "open"

    @api.depends("date", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = line.state != "settled" and line.date < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "!=", "settled") & Domain(
            "date", "<", fields.Date.context_today(self)
        )
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.constrains("kind", "date", "principal", "interest", "contribution_id", "note")
    def _check_line(self):
        for line in self:
            line.contribution_id._raise_problem(line._problem_text())
        self.contribution_id._check_sound()
        self.contribution_id._check_law()

    def _problem_text(self):
        one, amount = self.contribution_id, self.currency_id.format
        if not one.granted_on:
            return self.env._("it is called or returned once it is granted.")
        if self.kind in LEAVING and not one.is_owed:
            return self.env._(
                "a gift, a subsidy or a guarantee is not returned: nothing of it is"
                " owed."
            )
        if self.interest and self.kind != "return":
            return self.env._("interest is paid with a return.")
        if self.kind == "opening" and not self._is_opening_allowed():
            return self.env._(
                "money that comes while the accounts are kept here is called. “Already"
                " there” is for what came before the accounts began, or for money of"
                " the hub itself; say in the note where it is in the accounts."
            )
        gone = sum(
            one.line_ids.filtered(lambda line: line.kind in LEAVING).mapped("principal")
        )
        if self.currency_id.compare_amounts(gone, one.amount) > 0:
            return self.env._(
                "%(gone)s would be returned, given or lost of %(amount)s. Lower one of"
                " the lines.",
                gone=amount(gone),
                amount=amount(one.amount),
            )
        return None

    def _is_opening_allowed(self):
        """Own money of the hub, or money from before with a word on where it is."""
        own = self.contribution_id.partner_id == self.company_id.partner_id
        return own or bool((self.note or "").strip())

    # ------------------------------------------------------------
    # Planned lines may move; entered ones stay
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.kind == "opening").contribution_id._keep_book()
        return lines

    def write(self, vals):
        planned = {"contribution_id", "kind", "date", "principal", "interest"}
        changed = planned & set(vals)
        if changed and not self._guard_is_open():
            self._check_not_entered()
        result = super().write(vals)
        if changed:
            self.contribution_id._keep_book()
        return result

    def unlink(self):
        contributions = self.contribution_id
        result = super().unlink()
        contributions.exists()._keep_book()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        self._check_not_entered()

    def _check_not_entered(self):
        for line in self.filtered("move_id"):
            raise UserError(
                self.env._(
                    "%(line)s is entered in the accounts (%(entry)s) and stays as it"
                    " is: take the entry back there first.",
                    line=line.display_name,
                    entry=line.sudo().move_id.display_name,
                )
            )
