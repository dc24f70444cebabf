from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ("advice", "Advice, expertise"),
    ("sponsoring", "Standing by a holder"),
    ("orders", "Orders, purchases"),
    ("network", "Contacts, introductions"),
    ("premises", "Room or place"),
    ("equipment", "Equipment"),
    ("training", "Training"),
    ("other", "Other"),
]


class HubCooperation(models.Model):
    """What a funder does with project holders, besides money."""

    _name = "hub.cooperation"
    _description = "Cooperation of a funder"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="What", required=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Funder",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    contribution_id = fields.Many2one(
        "hub.contribution",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Empty: cooperation without money.",
    )
    kind = fields.Selection(KINDS, required=True, default="advice")
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        domain=[("is_hub_project", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="solidarity_hub.group_hub_adviser",
        help="Empty: for all.",
    )
    holder_id = fields.Many2one(
        "res.partner",
        string="With",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="solidarity_hub.group_hub_adviser",
        help="The holder it is for, if one in particular.",
    )
    date_start = fields.Date(string="From", default=fields.Date.context_today)
    date_end = fields.Date(string="Until")
    hours_promised = fields.Float(string="Hours promised")
    hours = fields.Float(string="Hours given")
    note = fields.Text()
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _hours = models.Constraint(
        "CHECK(hours >= 0 AND hours_promised >= 0)", "Hours are not negative."
    )
    _period = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A cooperation ends on or after the day it starts.",
    )

    @api.depends("contribution_id")
    def _compute_partner_id(self):
        for cooperation in self:
            cooperation.partner_id = (
                cooperation.contribution_id.partner_id or cooperation.partner_id
            )

    @api.constrains("contribution_id", "partner_id", "lead_id")
    def _check_funder(self):
        for cooperation in self:
            funder = cooperation.contribution_id.partner_id
            if funder and funder != cooperation.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(what)s” goes with a contribution of %(funder)s, and is done"
                        " by %(other)s. Choose the same funder, or empty the"
                        " contribution.",
                        what=cooperation.name,
                        funder=funder.display_name,
                        other=cooperation.partner_id.display_name,
                    )
                )
            lead = cooperation.sudo().lead_id
            if lead and not lead.is_hub_project:
                raise ValidationError(
                    self.env._(
                        "“%(what)s” is for a project of the hub, not for a sale.",
                        what=cooperation.name,
                    )
                )

    @api.model
    def _hub_domain_for(self, partner):
        """What a person, or the organisation he or she acts for, does besides money."""
        return Domain("partner_id", "in", (partner | partner.commercial_partner_id).ids)
