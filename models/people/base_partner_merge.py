from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Keep what the hub knows even when the person who merges cannot see it."""
        result = super()._update_values(src_partners, dst_partner)
        partners = (src_partners + dst_partner).sudo()
        target = dst_partner.sudo()
        target.write(
            {
                name: value
                for name in self.env["res.partner"]._hub_kept_fields()
                if not target[name]
                for value in [self._hub_first_value(partners, name)]
                if value
            }
        )
        return result

    def _hub_first_value(self, partners, name):
        field = partners._fields[name]
        known = partners.filtered(name)[:1]
        return field.convert_to_write(known[name], known) if known else False
