from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .hub_pact_template import FORMS

STATES = [
    ("concertation", "Concertation"),
    ("draft", "Draft"),
    ("to_sign", "To sign"),
    ("in_force", "In force"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
# The board reads which pacts are in force; what they say of people is for those who
# accompany them.
CONTENT_GROUPS = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer"
# Fields of the text: the first signature closes them.
TEXT_FIELDS = frozenset(
    {
        "name",
        "form",
        "lang",
        "lead_ids",
        "territory_id",
        "date_start",
        "date_end",
        "joint_interview_on",
        "version",
        "parent_id",
        "diagnosis_id",
        "diagnosis",
        "purpose",
        "clauses",
        "is_anchored",
        "is_open",
        "is_linked",
        "is_known",
        "company_id",
    }
)


class HubPact(models.Model):
    """A contract between people, volunteers, the hub and the actors of a territory.

    It exists from the moment there was concertation and a signed commitment: goals,
    implementation, terms of evaluation.
    """

    _name = "hub.pact"
    _description = "Pact"
    _inherit = [
        "hub.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "hub.frozen.mixin",
    ]
    _order = "date_start desc, id desc"
    _rec_names_search = ["name", "number"]
    _check_company_auto = True

    name = fields.Char(string="Title", required=True, tracking=True)
    number = fields.Char(copy=False, readonly=True, index="trigram")
    form = fields.Selection(
        FORMS, required=True, default="accompaniment_contract", tracking=True
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        compute="_compute_state",
        store=True,
        precompute=True,
        group_expand=True,
    )
    template_id = fields.Many2one(
        "hub.pact.template",
        domain="[('form', '=', form), ('company_id', 'in', (company_id, False))]",
        ondelete="set null",
        groups=CONTENT_GROUPS,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        tracking=True,
        check_company=True,
    )
    lead_ids = fields.Many2many(
        "crm.lead",
        "hub_pact_crm_lead_rel",
        "pact_id",
        "lead_id",
        string="Projects",
        domain=[("is_hub_project", "=", True)],
        check_company=True,
        groups=CONTENT_GROUPS,
    )
    territory_id = fields.Many2one("hub.territory", index="btree_not_null")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
        help="The document is written and printed in this language.",
    )
    date_start = fields.Date(
        string="From", default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date(
        string="Until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    next_review_on = fields.Date(
        string="Next look together",
        tracking=True,
        help="When the parties meet again to appraise the situation.",
    )
    joint_interview_on = fields.Date(
        help="Day on which the person, the volunteers and the hub agreed on the"
        " contract together; stands for the concertation meeting.",
        groups=CONTENT_GROUPS,
    )
    purpose = fields.Html(
        help="Opening text: why the parties come together.", groups=CONTENT_GROUPS
    )
    diagnosis_id = fields.Many2one(
        "hub.diagnosis",
        ondelete="restrict",
        check_company=True,
        groups=CONTENT_GROUPS,
    )
    diagnosis = fields.Html(
        string="Shared diagnosis in words",
        help="Where the parties see the situation alike: resources, needs, limits.",
        groups=CONTENT_GROUPS,
    )
    clauses = fields.Html(
        string="Life of the pact",
        help="Opening to others, new appraisal, amendment, leaving, end.",
        groups=CONTENT_GROUPS,
    )
    is_anchored = fields.Boolean(
        string="Anchored", help="Anchored in a territory and its resources."
    )
    is_open = fields.Boolean(string="Open to others", help="Others can join it.")
    is_linked = fields.Boolean(
        string="Linked", help="Linked to other actors and territorial levels."
    )
    is_known = fields.Boolean(
        string="Known", help="Known to the people who live there."
    )
    goal_ids = fields.One2many(
        "hub.pact.goal", "pact_id", copy=True, groups=CONTENT_GROUPS
    )
    party_ids = fields.One2many(
        "hub.pact.party", "pact_id", string="Parties", groups=CONTENT_GROUPS
    )
    commitment_ids = fields.One2many(
        "hub.pact.commitment", "pact_id", copy=True, groups=CONTENT_GROUPS
    )
    term_ids = fields.One2many(
        "hub.pact.term",
        "pact_id",
        string="Terms of evaluation",
        copy=True,
        groups=CONTENT_GROUPS,
    )
    meeting_ids = fields.One2many(
        "hub.pact.meeting",
        "pact_id",
        string="Concertation meetings",
        groups=CONTENT_GROUPS,
    )
    party_summary = fields.Char(
        string="Who takes part", compute="_compute_party_summary", compute_sudo=True
    )
    frozen_json = fields.Text(groups=CONTENT_GROUPS)
    frozen_pdf_id = fields.Many2one(groups=CONTENT_GROUPS)
    version = fields.Integer(default=1, readonly=True, copy=False)
    parent_id = fields.Many2one(
        "hub.pact",
        string="Amends",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    amendment_ids = fields.One2many("hub.pact", "parent_id", string="Amendments")
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    def _default_lang(self):
        """Whoever writes the pact writes it in the language of the screen."""
        known = self.env.lang or self.env.company.partner_id.lang
        return known or self.env["res.lang"].get_installed()[0][0]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for pact in self:
            pact.display_name = " ".join(filter(None, [pact.number, pact.name]))

    @api.depends("party_ids.category", "party_ids.left_on")
    def _compute_party_summary(self):
        for pact in self:
            pact.party_summary = ", ".join(
                f"{label} ({len(parties)})"
                for label, parties in pact._present_parties()._by_category()
            )

    @api.depends("form")
    def _compute_state(self):
        """A contract begins with its text, a pact with the people around the table."""
        for pact in self:
            contract = pact.form == "accompaniment_contract"
            pact.state = pact._origin.state or ("draft" if contract else "concertation")

    @api.depends("date_start", "template_id")
    def _compute_date_end(self):
        for pact in self:
            months = pact.template_id.duration_months or 12
            if pact.date_start:
                pact.date_end = pact.date_start + relativedelta(months=months, days=-1)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and not (
            self.goal_ids or self.commitment_ids or self.term_ids
        ):
            self.update(self.template_id._pact_vals(self.lang))
            self._propose_review_date()

    def _propose_review_date(self):
        months = self.template_id.review_months
        if months and self.date_start and not self.next_review_on:
            self.next_review_on = self.date_start + relativedelta(months=months)

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for pact in self:
            if pact.date_start and pact.date_end and pact.date_end < pact.date_start:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot end on %(end)s before it begins on %(start)s.",
                        name=pact.display_name,
                        end=fields.Date.to_string(pact.date_end),
                        start=fields.Date.to_string(pact.date_start),
                    )
                )

    @api.constrains("lead_ids")
    def _check_lead_ids(self):
        for pact in self:
            leads = pact.lead_ids.sudo()
            for lead in leads.filtered(lambda one: not one.is_hub_project):
                raise ValidationError(
                    self.env._(
                        "“%(lead)s” belongs to sales, not to the hub: %(name)s can only"
                        " speak of projects of the hub.",
                        lead=lead.name,
                        name=pact.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            vals["number"] = (company or self.env.company)._next_pact_number()
        return super().create(vals_list)

    def _frozen_fields(self):
        return TEXT_FIELDS

    @api.model
    def _hub_domain_for(self, partner):
        """The pacts this person signs, or whose project is theirs."""
        leads = self.env["crm.lead"]._hub_domain_for(partner)
        parties = self.env["hub.pact.party"]._hub_domain_for(partner)
        return Domain("party_ids", "any", parties) | Domain("lead_ids", "any!", leads)
