from odoo import models
from odoo.fields import Command


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merging two contacts never lets a user read what he could not read before."""
        partners = self.env["res.partner"].sudo().browse(partner_ids).exists()
        before = {
            model: self._hub_readable(model, self._hub_who_reads(partners))
            for model in ("hub.interview.note", "hub.interview.shared")
        }
        result = super()._merge(
            partner_ids, dst_partner=dst_partner, extra_checks=extra_checks
        )
        self.env.invalidate_all()
        partner = partners.exists()
        if len(partner) == 1 and len(partners) > 1:
            gained = {
                model: self._hub_readable(model, partner) - known
                for model, known in before.items()
            }
            gained["hub.interview.shared"].write(
                {"partner_ids": [Command.unlink(partner.id)]}
            )
            gained["hub.interview.note"].write(
                {"closed_ids": [Command.link(partner.id)]}
            )
        return result

    def _hub_who_reads(self, partners):
        """Those with an account, as they alone can read; without any, all of them."""
        users = partners.with_context(active_test=False).filtered("user_ids")
        return users or partners

    def _hub_readable(self, model, partners):
        records = self.env[model].sudo()
        found = records.browse()
        for partner in partners:
            found |= records.search(records._hub_domain_for(partner))
        return found
