from odoo import api, fields, models
from odoo.fields import Domain

INSTRUMENTS = [
    ("gift", "Gift"),
    ("right_of_return", "Contribution with right of return"),
    ("loan", "Loan to the hub"),
    ("guarantee", "Guarantee"),
    ("subsidy", "Subsidy"),
    ("mandate", "Money entrusted"),
]
# Money that the hub owes to whoever brought it.
OWED = ("right_of_return", "loan", "mandate")
RECYCLING = [
    ("fund", "Is lent again"),
    ("funder", "Goes back to the funder"),
]
LOSS_RULES = [
    ("fund", "By the hub: the funder gets all back"),
    ("funder", "By the funder: less is owed"),
]


class HubContribution(models.Model):
    """What a funder brings: to a fund of the hub, or straight to a project."""

    _name = "hub.contribution"
    _description = "Contribution of a funder"
    _inherit = ["hub.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "partner_id"]
    _check_company_auto = True

    name = fields.Char(string="Number", copy=False, readonly=True, index="trigram")
    partner_id = fields.Many2one(
        "res.partner",
        string="Funder",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="A person or an organisation; the hub itself for money of its own.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    instrument = fields.Selection(
        INSTRUMENTS, required=True, default="gift", tracking=True
    )
    what = fields.Char(string="What it is", compute="_compute_what")
    direct = fields.Boolean(
        string="Paid to the project itself",
        tracking=True,
        help="A CIGALES, a bank or somebody else funds the project without passing"
        " through the hub: nothing is entered in the accounts of the hub.",
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
    fund_id = fields.Many2one(
        "hub.fund",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The fund that the money goes to. Empty: it is not there to be lent.",
    )
    programme_id = fields.Many2one(
        "hub.programme",
        string="Programme or convention",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    purpose = fields.Char(help="In a few words, as the funder would say it.")
    note = fields.Html(string="What was agreed")
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        check_company=True,
    )

    # Asked, granted; received and returned follow from payments
    amount_asked = fields.Monetary(string="Asked", tracking=True)
    asked_on = fields.Date(tracking=True)
    amount = fields.Monetary(string="Granted", tracking=True)
    granted_on = fields.Date(tracking=True)
    refused_on = fields.Date(tracking=True)
    refusal = fields.Char(string="Reason of the refusal")
    cancelled_on = fields.Date(string="Given up on", copy=False, readonly=True)
    date_end = fields.Date(string="Holds until", help="Of a guarantee or a convention.")
    direct_amount = fields.Monetary(
        string="Paid to the project", help="As the project or the funder says."
    )
    direct_on = fields.Date(string="Paid to the project on")

    # What it costs, who bears a loss, what happens to money that comes back
    annual_rate = fields.Float(
        string="Rate per year (%)", digits=(8, 4), help="Paid to the funder; 0: none."
    )
    recycling = fields.Selection(
        RECYCLING,
        string="What borrowers pay back",
        compute="_compute_usual_rules",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    loss_rule = fields.Selection(
        LOSS_RULES,
        string="A loss is borne",
        compute="_compute_usual_rules",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    member_reason = fields.Char(
        string="Why from somebody who is no member",
        help="A right of return is for members of the association.",
    )
    is_owed = fields.Boolean(compute="_compute_is_owed")

    line_ids = fields.One2many(
        "hub.contribution.line", "contribution_id", string="Calls and returns"
    )
    book_ids = fields.One2many(
        "hub.fund.line", "contribution_id", string="Fund book", readonly=True
    )
    cooperation_ids = fields.One2many(
        "hub.cooperation", "contribution_id", string="Besides money"
    )
    move_ids = fields.One2many("account.move", "hub_contribution_id", string="Entries")
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another contribution of this hub has the same number."
    )

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for contribution in self:
            words = [contribution.name, contribution.partner_id.name]
            contribution.display_name = " ".join(filter(None, words)) or self.env._(
                "New contribution"
            )

    @api.depends("lead_id.name")
    def _compute_lead_title(self):
        for contribution in self:
            lead = contribution.lead_id
            # Whoever tries projects out learns no title that way.
            known = contribution._origin.lead_id == lead
            shown = known or lead.sudo(False).has_access("read")
            contribution.lead_title = lead.name if shown else False

    @api.depends("instrument", "direct")
    @api.depends_context("lang")
    def _compute_what(self):
        labels = dict(self._fields["instrument"]._description_selection(self.env))
        for contribution in self:
            what = labels.get(contribution.instrument, "")
            if contribution.direct and contribution.instrument == "loan":
                what = self.env._("Loan to the project")
            contribution.what = what

    @api.depends("instrument")
    def _compute_is_owed(self):
        for contribution in self:
            contribution.is_owed = contribution.instrument in OWED

    @api.depends("instrument")
    def _compute_usual_rules(self):
        """Money that is entrusted stays its owner's, with its risk and its return."""
        for contribution in self:
            entrusted = contribution.instrument == "mandate"
            contribution.recycling = "funder" if entrusted else "fund"
            contribution.loss_rule = "funder" if entrusted else "fund"

    @api.model
    def _hub_domain_for(self, partner):
        """The contributions of a person, and of the organisation he or she acts for."""
        return Domain("partner_id", "in", (partner | partner.commercial_partner_id).ids)

    @api.model_create_multi
    def create(self, vals_list):
        self.env["hub.loan"]._check_leads_seen(vals_list)
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            company = company or self.env.company
            vals["name"] = company._contribution_sequence().next_by_id()
        contributions = super().create(vals_list)
        contributions._follow_grant()
        return contributions

    def write(self, vals):
        if {vals.get("lead_id")} - {False, None, *self.sudo().lead_id.ids}:
            self.env["hub.loan"]._check_leads_seen([vals])
        if not self._guard_is_open():
            self._check_may_change(vals)
        result = super().write(vals)
        if {"granted_on", "amount"} & set(vals):
            self._follow_grant()
        return result
