from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HubCharterSignature(models.Model):
    """Somebody's answer to one version of the charter."""

    _name = "hub.charter.signature"
    _description = "Signature of the charter"
    _inherit = ["hub.answer.mixin"]
    _order = "id desc"
    _check_company_auto = True

    charter_id = fields.Many2one(
        "hub.charter", required=True, index=True, ondelete="cascade", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="charter_id.company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )

    @api.depends("partner_id.display_name", "charter_id.display_name")
    def _compute_display_name(self):
        for signature in self:
            signature.display_name = (
                f"{signature.partner_id.display_name or ''}:"
                f" {signature.charter_id.display_name or ''}"
            )

    @api.constrains("charter_id", "partner_id")
    def _check_once(self):
        signatures = self.sudo().search(
            Domain("charter_id", "in", self.charter_id.ids)
            & Domain("partner_id", "in", self.partner_id.ids)
        )
        same = signatures.grouped(lambda s: (s.charter_id, s.partner_id))
        for signature in self:
            if len(same[signature.charter_id, signature.partner_id]) > 1:
                raise ValidationError(
                    self.env._(
                        "%(person)s was already asked to sign %(charter)s.",
                        person=signature.partner_id.display_name,
                        charter=signature.charter_id.display_name,
                    )
                )

    @api.model
    def _hub_domain_for(self, partner):
        """The signatures of this person."""
        return Domain("partner_id", "=", partner.id)

    @api.model
    def _sign(self, charter, partners, channel, signed_on=None):
        """These people have signed this version; who signed before is left alone.

        :return: the signatures that were waiting or missing until now
        """
        existing = self.search(
            Domain("charter_id", "=", charter.id)
            & Domain("partner_id", "in", partners.ids)
        )
        missing = self.create(
            [
                {"charter_id": charter.id, "partner_id": partner.id}
                for partner in partners - existing.partner_id
            ]
        )
        waiting = missing + existing.filtered(lambda s: s.answer == "waiting")
        waiting._record_answer("yes", channel, answered_on=signed_on)
        return waiting
