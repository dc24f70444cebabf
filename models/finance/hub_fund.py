from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class HubFund(models.Model):
    """Money set apart to be lent: what is paid back can be lent again."""

    _name = "hub.fund"
    _description = "Solidarity fund"
    _inherit = ["hub.guard.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    _guarded_fields = frozenset({"turn"})

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    note = fields.Text(string="What it is for")
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_mandate = fields.Boolean(
        string="Held for another lender",
        help="The money is not the hub's: its loans belong to whoever entrusted it, and"
        " it is never mixed with other money behind one loan.",
    )
    basis_id = fields.Many2one(
        "hub.loan.basis",
        string="Legal basis of its loans",
        ondelete="restrict",
        check_company=True,
        help="Its rules for money lent by private persons are checked on"
        " contributions.",
    )
    keeps_interest = fields.Boolean(
        string="Interest and fees stay in the fund",
        help="Otherwise they pay for the work of the hub.",
    )
    reserve_amount = fields.Monetary(
        string="Reserve for losses",
        help="Kept back from what can be lent; bears losses first.",
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Entries of loans and contributions of the fund bear it. Made in the plan"
        " chosen in the settings.",
    )
    contribution_ids = fields.One2many(
        "hub.contribution", "fund_id", string="Contributions"
    )
    share_ids = fields.One2many("hub.loan.share", "fund_id", string="Loans")
    line_ids = fields.One2many("hub.fund.line", "fund_id", string="Fund book")
    turn = fields.Integer(
        copy=False,
        readonly=True,
        help="Moves with each promise: two at once are counted one after the other.",
    )
    active = fields.Boolean(default=True)

    _reserve_positive = models.Constraint(
        "CHECK(reserve_amount >= 0)", "A reserve is not negative: without one write 0."
    )
    _analytic_once = models.UniqueIndex(
        "(analytic_account_id) WHERE analytic_account_id IS NOT NULL",
        "Each fund has an analytic account of its own.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        funds = super().create(vals_list)
        funds._make_analytic_accounts()
        return funds

    def _make_analytic_accounts(self):
        """An account for each fund that lacks one, where a plan is chosen."""
        for fund in self.filtered(lambda one: not one.analytic_account_id):
            plan = fund.company_id.sudo().hub_fund_plan_id
            if plan:
                fund.analytic_account_id = (
                    self.env["account.analytic.account"]
                    .sudo()
                    .create(
                        {
                            "name": fund.name,
                            "plan_id": plan.id,
                            "company_id": fund.company_id.id,
                        }
                    )
                )

    def action_make_analytic_account(self):
        """For funds that were there before the plan was chosen."""
        self.check_access("write")
        for fund in self:
            if not fund.company_id.sudo().hub_fund_plan_id:
                raise UserError(
                    self.env._(
                        "Choose the analytic plan of the funds first (Settings,"
                        " Solidarity Hub): “%(fund)s” gets its account there.",
                        fund=fund.name,
                    )
                )
        self._make_analytic_accounts()

    @api.constrains("is_mandate")
    def _check_mandate(self):
        for fund in self:
            other = fund.sudo().contribution_ids.filtered(
                lambda one: (one.instrument == "mandate") != one.fund_id.is_mandate
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(fund)s: %(contribution)s is there already. Money held for"
                        " another lender and money of the hub are in funds apart: make"
                        " another fund.",
                        fund=fund.name,
                        contribution=other[0].display_name,
                    )
                )

    def write(self, vals):
        if vals.get("active") is False:
            self._check_empty()
        return super().write(vals)

    def _check_empty(self):
        figures = self._figures()
        for fund in self:
            found = figures[fund]
            if any(
                not fund.currency_id.is_zero(found[name])
                for name in ("cash", "outstanding", "committed")
            ):
                raise UserError(
                    self.env._(
                        "%(fund)s is not empty: %(cash)s in hand, %(out)s lent,"
                        " %(promised)s promised. It is archived once all that is over.",
                        fund=fund.name,
                        cash=fund.currency_id.format(found["cash"]),
                        out=fund.currency_id.format(found["outstanding"]),
                        promised=fund.currency_id.format(found["committed"]),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.sudo().filtered(
            lambda fund: fund.contribution_ids or fund.share_ids or fund.line_ids
        )
        for fund in used:
            raise UserError(
                self.env._(
                    "“%(fund)s” has contributions or loans: archive it instead.",
                    fund=fund.name,
                )
            )

    def _take_turn(self):
        """Whoever counts what is left now is counted before the next one.

        Under REPEATABLE READ a lock alone does not stop a second promise made from an
        older picture: the row is written, so that the loser is run again.
        """
        for fund in self.sudo().sorted("id"):
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_fund SET turn = COALESCE(turn, 0) + 1 WHERE id = %s",
                    fund.id,
                )
            )
        self.sudo().invalidate_recordset(["turn"])

    def _distribution(self):
        """Analytic distribution of an entry of this fund alone; empty without one."""
        account = self.sudo().analytic_account_id
        return {str(account.id): 100} if account else False

    # ------------------------------------------------------------
    # What stands behind the figures
    # ------------------------------------------------------------

    def _action_for(self, xml_id, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"solidarity_hub.{xml_id}"
        )
        action["domain"] = [("fund_id", "=", self.id)]
        action["context"] = context
        return action

    def action_open_book(self):
        return self._action_for("hub_fund_line_action")

    def action_open_forecast(self):
        return self._action_for("hub_fund_forecast_action", fill_temporal=False)

    def action_open_contributions(self):
        return self._action_for("hub_contribution_action", default_fund_id=self.id)

    def action_open_loans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action"
        )
        action["domain"] = [("share_ids.fund_id", "=", self.id)]
        action["context"] = {"default_fund_id": self.id}
        return action


class ResCompany(models.Model):
    _inherit = "res.company"

    def _hub_only_fund(self):
        """The fund of a hub that has just one of its own; else none."""
        self.ensure_one()
        funds = (
            self.env["hub.fund"]
            .sudo()
            .search(
                Domain("company_id", "=", self.id) & Domain("is_mandate", "=", False),
                limit=2,
            )
        )
        return funds if len(funds) == 1 else funds.browse()
