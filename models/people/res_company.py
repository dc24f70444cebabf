from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_default_capacity = fields.Integer(
        string="Projects per volunteer",
        default=3,
        help="How many projects a new volunteer accompanies at once, at most.",
    )

    # What a hub that starts aims at, as the founding texts say.
    hub_target_holder = fields.Integer(string="Project holders aimed at", default=10)
    hub_target_volunteer = fields.Integer(string="Volunteers aimed at", default=10)
    hub_target_funder = fields.Integer(string="Solidarity funders aimed at")

    def _hub_setup(self):
        result = super()._hub_setup()
        self.env["res.partner"]._hub_import_learn_headers()
        return result

    def _hub_uninstall(self):
        result = super()._hub_uninstall()
        for model in ("res.partner", "crm.lead", "hub.loan"):
            self.env[model]._hub_import_forget_headers()
        return result
