from odoo import api, fields, models


class HubPactDayWizard(models.TransientModel):
    """Which text was in force on a day, of one pact and its amendments or of all."""

    _name = "hub.pact.day.wizard"
    _description = "Text in force on a day"

    pact_id = fields.Many2one("hub.pact", readonly=True)
    day = fields.Date(
        string="In force on", required=True, default=fields.Date.context_today
    )
    found_ids = fields.Many2many(
        "hub.pact", string="Texts in force", compute="_compute_found_ids"
    )

    @api.depends("day", "pact_id")
    def _compute_found_ids(self):
        for wizard in self:
            pacts = self.env["hub.pact"].with_context(active_test=False)
            if not wizard.day:
                wizard.found_ids = pacts
            elif wizard.pact_id:
                chain = wizard.pact_id._readable_chain()
                wizard.found_ids = chain._in_force_on(wizard.day)
            else:
                wizard.found_ids = pacts.search(pacts._domain_in_force_on(wizard.day))

    def action_open(self):
        """The texts themselves."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_pact_action"
        )
        day = fields.Date.to_string(self.day)
        name = self.env._("In force on %(day)s", day=day)
        found = self.found_ids
        if len(found) == 1:
            return found._get_records_action()
        return {
            **action,
            "name": name,
            "display_name": name,
            "domain": [("id", "in", found.ids)],
            "context": {"active_test": False},
            "views": [(False, "list"), (False, "form")],
            "path": False,
        }
