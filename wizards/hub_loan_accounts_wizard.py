from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..models.finance.roles import JOURNAL_CODE, NEEDED, ROLES

ORIGINS = [
    ("chosen", "Chosen already"),
    ("chart", "In your chart"),
    ("former", "Made before"),
    ("new", "To be created"),
    ("other", "Chosen by you"),
]
# The two kinds of loan that most hubs know; everything in them may be changed.
USUAL_PRODUCTS = ("honour", "microcredit")


class HubLoanAccountsWizard(models.TransientModel):
    """The accounts of the loans on one screen: what is used, what would be created.

    Nothing is written before it is confirmed; confirmed again it changes nothing.
    """

    _name = "hub.loan.accounts.wizard"
    _description = "Accounts of loans"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many(
        "hub.loan.accounts.wizard.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        string="Accounts",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Journal of loans",
        domain=[("type", "=", "general")],
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        check_company=True,
    )
    journal_text = fields.Char(compute="_compute_texts")
    with_products = fields.Boolean(
        string="Two kinds of loan to begin with",
        default=lambda self: self._lacks_products(),
        help="A loan of honour without interest and a microcredit, to be changed as you"
        " like.",
    )
    has_products = fields.Boolean(compute="_compute_texts")

    @api.model
    def _lacks_products(self):
        products = self.env["hub.loan.product"].with_context(active_test=False)
        return not products.search_count(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("company_id")
    def _compute_line_ids(self):
        for wizard in self:
            company = wizard.company_id
            proposal = company._hub_account_proposal() if company else {}
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "role": role,
                            "sequence": number,
                            "origin": origin,
                            "account_id": account.id,
                            "proposed_id": account.id,
                            "code": code,
                        }
                    )
                    for number, (role, (origin, account, code)) in enumerate(
                        proposal.items()
                    )
                ),
            ]
            wizard.journal_id = company.hub_loan_journal_id

    @api.depends("journal_id")
    def _compute_texts(self):
        for wizard in self:
            wizard.has_products = not wizard._lacks_products()
            wizard.journal_text = (
                ""
                if wizard.journal_id
                else self.env._(
                    "A journal “Solidarity loans” (%(code)s) is created.",
                    code=JOURNAL_CODE,
                )
            )

    def action_confirm(self):
        """Create what is missing, and choose all this for the loans of the hub."""
        self.ensure_one()
        self._check_rights()
        company = self.company_id
        if self.journal_id and self.journal_id != company.hub_loan_journal_id:
            company.sudo().hub_loan_journal_id = self.journal_id
        company._hub_take_proposal(
            {line.role: line.account_id for line in self.line_ids if line.account_id}
        )
        if self.with_products and self._lacks_products():
            self._create_products()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The hub is ready to lend."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_rights(self):
        may = self.env.user.has_group("account.group_account_manager")
        if not self.env.su and not (may and self.company_id in self.env.companies):
            raise AccessError(
                self.env._(
                    "Accounts are created by whoever administers the accounting in"
                    " Odoo: ask your accountant."
                )
            )

    def _create_products(self):
        products = self.env["hub.loan.product"].sudo()
        for vals, name in self._usual_products():
            product = products.create({**vals, "company_id": self.company_id.id})
            for code, _label in self.env["res.lang"].get_installed():
                words = dict(self.with_context(lang=code)._product_names())
                product.with_context(lang=code).name = words[name]

    def _product_names(self):
        return [
            ("honour", self.env._("Loan of honour")),
            ("microcredit", self.env._("Microcredit")),
        ]

    def _usual_products(self):
        bases = self.env["hub.loan.basis"].sudo()
        own, habilitated = (
            bases.search(
                [("company_id", "=", self.company_id.id), ("kind", "=", kind)], limit=1
            )
            for kind in ("own_resources", "habilitated")
        )
        common = {"periods": 36, "committee_required": True}
        honour = {
            **common,
            "name": "Loan of honour",
            "sequence": 10,
            "basis_id": own.id,
            "grace_periods": 6,
            "grace_type": "total",
            "amount_max": 10000,
        }
        microcredit = {
            **common,
            "name": "Microcredit",
            "sequence": 20,
            "basis_id": (habilitated or own).id,
            "annual_rate": 6,
            "grace_periods": 3,
            "grace_type": "partial",
            "amount_max": 17000,
            "fee_rate": 5,
            "guarantee_percent": 50,
        }
        return [(honour, "honour"), (microcredit, "microcredit")]


class HubLoanAccountsWizardLine(models.TransientModel):
    """One use of an account."""

    _name = "hub.loan.accounts.wizard.line"
    _description = "Account of loans"
    _order = "sequence, id"
    _check_company_auto = True

    wizard_id = fields.Many2one(
        "hub.loan.accounts.wizard", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    sequence = fields.Integer()
    role = fields.Selection(
        lambda self: self._role_labels(),
        string="Used for",
        required=True,
        readonly=True,
    )
    is_needed = fields.Boolean(string="Needed", compute="_compute_words")
    types_text = fields.Char(string="Type", compute="_compute_words")
    origin = fields.Selection(ORIGINS, readonly=True)
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('account_type', 'in', allowed_types)]",
    )
    proposed_id = fields.Many2one("account.account", readonly=True)
    allowed_types = fields.Json(compute="_compute_words")
    code = fields.Char(string="New number", readonly=True)
    what = fields.Char(string="What happens", compute="_compute_what")

    @api.model
    def _role_labels(self):
        company = self.env.company
        return [(role, company._hub_role_label(role)) for role in ROLES]

    @api.depends("role")
    def _compute_words(self):
        labels = dict(
            self.env["account.account"]
            ._fields["account_type"]
            ._description_selection(self.env)
        )
        for line in self:
            types = ROLES[line.role].types if line.role else ()
            line.is_needed = line.role in NEEDED
            line.types_text = ", ".join(labels[kind] for kind in types)
            line.allowed_types = list(types)

    @api.depends("account_id", "origin", "code")
    def _compute_what(self):
        labels = dict(self._fields["origin"]._description_selection(self.env))
        for line in self:
            origin = line.origin
            if line.account_id and line.account_id != line.proposed_id:
                origin = "other"
            elif not line.account_id:
                origin = "new"
            # Not everybody in the accounts sees numbers in the names of accounts.
            account = line.sudo().with_company(line.company_id).account_id
            line.what = " · ".join(filter(None, [account.code, labels.get(origin)]))
            if origin == "new":
                line.what = self.env._(
                    "To be created: %(code)s %(name)s",
                    code=line.code or "",
                    name=line.company_id._hub_account_name(line.role),
                )
