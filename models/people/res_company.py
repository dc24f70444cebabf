from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_default_capacity = fields.Integer(
        string="Projects per volunteer",
        default=3,
        help="How many projects a new volunteer accompanies at once, at most.",
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        self.env["res.partner"]._hub_import_learn_headers()
        return result

    def _hub_uninstall(self):
        result = super()._hub_uninstall()
        for model in ("res.partner", "crm.lead", "hub.loan"):
            self.env[model]._hub_import_forget_headers()
        return result
