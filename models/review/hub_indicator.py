from odoo import models
from odoo.fields import Domain


class HubIndicator(models.Model):
    _inherit = "hub.indicator"

    def _uses(self):
        return [
            *super()._uses(),
            ("hub.self.evaluation.answer", Domain.TRUE),
            ("hub.self.evaluation.line", Domain("agreed_value", "!=", False)),
        ]
