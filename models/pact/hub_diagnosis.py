from odoo import fields, models


class HubDiagnosis(models.Model):
    _inherit = "hub.diagnosis"

    pact_count = fields.Integer(
        string="Pacts that rest on it",
        compute="_compute_pact_count",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _compute_pact_count(self):
        counts = dict(
            self.env["hub.pact"]._read_group(
                [("diagnosis_id", "in", self.ids)], ["diagnosis_id"], ["__count"]
            )
        )
        for diagnosis in self:
            diagnosis.pact_count = counts.get(diagnosis._origin, 0)

    def action_open_pacts(self):
        """Contracts and pacts that cite this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_pact_action"
        )
        return {**action, "domain": [("diagnosis_id", "=", self.id)], "path": False}
