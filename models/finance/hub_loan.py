from odoo import api, fields, models
from odoo.fields import Domain

from .hub_loan_product import FEE_MODES
from .hub_loan_terms_mixin import FILLED_IN

STATES = [
    ("draft", "Application"),
    ("submitted", "Before the committee"),
    ("approved", "Agreed"),
    ("refused", "Refused"),
    ("signed", "Signed"),
    ("disbursed", "Running"),
    ("repaid", "Paid back"),
    ("written_off", "Written off"),
    ("cancelled", "Cancelled"),
]
ON_THE_WAY = ("draft", "submitted", "approved", "signed", "disbursed")
OPINIONS = [
    ("favourable", "Favourable"),
    ("reserved", "Reserved"),
    ("unfavourable", "Unfavourable"),
]


class HubLoan(models.Model):
    """Money that the hub lends to somebody it accompanies, until it is paid back."""

    _name = "hub.loan"
    _description = "Solidarity loan"
    _inherit = [
        "hub.guard.mixin",
        "hub.loan.terms.mixin",
        "hub.personal.link.mixin",
        "hub.team.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "partner_id"]
    _check_company_auto = True

    name = fields.Char(string="Number", copy=False, readonly=True, index="trigram")
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand="_expand_states",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Borrower",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    co_borrower_ids = fields.Many2many(
        "res.partner",
        "hub_loan_co_borrower_rel",
        "loan_id",
        "partner_id",
        string="Borrowers besides",
        check_company=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        domain=[("is_hub_project", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    lead_title = fields.Char(
        string="For the project", compute="_compute_lead_title", compute_sudo=True
    )
    product_id = fields.Many2one(
        "hub.loan.product",
        string="Kind of loan",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        default=lambda self: self._default_product(),
        tracking=True,
    )
    basis_id = fields.Many2one(
        "hub.loan.basis",
        string="Legal basis",
        **FILLED_IN,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    amount = fields.Monetary(required=True, tracking=True)

    # How it is paid back: filled in from the product instead of by a default
    method = fields.Selection(default=None, **FILLED_IN)
    annual_rate = fields.Float(
        default=None,
        **FILLED_IN,
        tracking=True,
    )
    periods = fields.Integer(
        default=None,
        **FILLED_IN,
        tracking=True,
    )
    period_months = fields.Integer(default=None, **FILLED_IN)
    grace_periods = fields.Integer(
        default=None,
        **FILLED_IN,
        tracking=True,
    )
    grace_position = fields.Selection(default=None, **FILLED_IN)
    grace_type = fields.Selection(
        default=None,
        compute="_compute_grace_type",
        store=True,
        readonly=False,
        precompute=True,
    )
    disbursement_date = fields.Date(
        string="Paid out on",
        default=fields.Date.context_today,
        tracking=True,
        help="Planned, then the day of the first payment out.",
    )
    first_due_date = fields.Date(
        string="First due date",
        compute="_compute_first_due_date",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Date of the first line, grace included: the others follow on the same day"
        " of the month.",
    )
    fee_amount = fields.Monetary(
        string="Fee",
        compute="_compute_fee_amount",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    fee_mode = fields.Selection(
        FEE_MODES,
        string="The fee is",
        **FILLED_IN,
        required=True,
    )
    guarantee_percent = fields.Float(
        string="Guarantee asked (%)",
        digits=(5, 2),
        **FILLED_IN,
    )

    # What is looked into before the committee
    purpose = fields.Char(string="For what", help="What the money is for, in short.")
    user_id = fields.Many2one(
        "res.users",
        string="Presented by",
        default=lambda self: self.env.user,
        check_company=True,
        tracking=True,
        help="Who prepares the file and presents it to the committee.",
    )
    opinion = fields.Selection(OPINIONS)
    instruction = fields.Html(
        string="What was found",
        help="Needs, other funding, capacity to pay back, risks, what the pair says.",
    )
    submitted_on = fields.Date(string="Submitted on", copy=False, readonly=True)
    decided_on = fields.Date(copy=False, readonly=True, tracking=True)
    valid_until = fields.Date(
        string="Agreement valid until", copy=False, readonly=True, tracking=True
    )
    signed_on = fields.Date(copy=False, readonly=True, tracking=True)

    decision_ids = fields.One2many("hub.loan.decision", "loan_id", string="Decisions")
    condition_ids = fields.One2many(
        "hub.loan.condition", "loan_id", string="Conditions before paying out"
    )
    tranche_ids = fields.One2many("hub.loan.tranche", "loan_id", string="Payments out")
    schedule_ids = fields.One2many(
        "hub.loan.schedule", "loan_id", string="Versions of the schedule"
    )
    instalment_ids = fields.One2many(
        "hub.loan.instalment", "loan_id", string="Schedule", copy=False
    )
    move_ids = fields.One2many("account.move", "hub_loan_id", string="Entries")
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another loan of this hub has the same number."
    )

    @api.model
    def _expand_states(self, states, domain):
        """Columns of the board: those on the way of a loan, and what else there is."""
        return [
            state for state, _label in STATES if state in ON_THE_WAY or state in states
        ]

    @api.model
    def _default_product(self):
        return self.env["hub.loan.product"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for loan in self:
            words = [loan.name, loan.partner_id.name]
            loan.display_name = " ".join(filter(None, words)) or self.env._("New loan")

    @api.depends("lead_id.name")
    def _compute_lead_title(self):
        for loan in self:
            lead = loan.lead_id
            # Whoever tries projects out learns no title that way.
            known = loan._origin.lead_id == lead
            shown = known or lead.sudo(False).has_access("read")
            loan.lead_title = lead.name if shown else False

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for loan in self:
            loan.currency_id = loan.company_id.currency_id

    @api.model
    def _hub_domain_for(self, partner):
        """The loans that a person has, alone or with others."""
        return Domain("partner_id", "=", partner.id) | Domain(
            "co_borrower_ids", "in", partner.ids
        )
