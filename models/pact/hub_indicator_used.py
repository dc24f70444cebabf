from odoo import models
from odoo.fields import Domain


class HubIndicator(models.Model):
    """Where values of an indicator were given: from then on it keeps its meaning."""

    _inherit = "hub.indicator"

    def _used(self):
        found = super()._used()
        for model, domain in self._uses():
            used = self.env[model].sudo().with_context(active_test=False)
            rows = used._read_group(
                Domain("indicator_id", "in", self.ids) & domain, ["indicator_id"]
            )
            found |= self.browse(row[0].id for row in rows)
        return found

    def _uses(self):
        """``[(model, domain)]`` of records that hold a value of an indicator."""
        return [
            ("hub.evaluation.view", Domain.TRUE),
            ("hub.evaluation.line", Domain("agreed_value", "!=", False)),
            (
                "hub.pact.term",
                Domain("baseline_value", "!=", False)
                | Domain("target_value", "!=", False),
            ),
        ]
