from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HubConflict(models.Model):
    """Two people who must not be put together, whatever the reason."""

    _name = "hub.conflict"
    _description = "Declared conflict"
    _order = "id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    other_partner_id = fields.Many2one(
        "res.partner",
        string="Other person",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    reason = fields.Char(
        help="Kept short and factual: the people concerned may read it."
    )
    date = fields.Date(
        string="Declared on", required=True, default=fields.Date.context_today
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    @api.depends("partner_id.display_name", "other_partner_id.display_name")
    def _compute_display_name(self):
        for conflict in self:
            conflict.display_name = (
                f"{conflict.partner_id.display_name or ''} /"
                f" {conflict.other_partner_id.display_name or ''}"
            )

    @api.constrains("partner_id", "other_partner_id")
    def _check_two_people(self):
        for conflict in self:
            if conflict.partner_id == conflict.other_partner_id:
                raise ValidationError(
                    self.env._(
                        "A conflict is between two people: choose somebody other than"
                        " %(name)s.",
                        name=conflict.partner_id.display_name,
                    )
                )

    @api.model
    def _hub_domain_for(self, partner):
        """The conflicts this person is part of."""
        return Domain("partner_id", "=", partner.id) | Domain(
            "other_partner_id", "=", partner.id
        )
