from odoo import api, fields, models

from .hub_network import NETWORK

# What a network is asked for first; the whole table is one click away.
SHOWN = ("persons", "under_way", "activities", "jobs", "volunteers")


class HubOverview(models.AbstractModel):
    """All hubs together, for whoever looks after the network."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group(NETWORK):
            return figures
        network = self.env["hub.network"]
        year = fields.Date.context_today(self).year
        found = network._figures_of(network._hubs(), year)
        rows = {row["code"]: row for row in found}
        for number, code in enumerate(SHOWN):
            if code in rows:
                figure = self._prepare_figure(
                    f"network_{code}",
                    rows[code]["label"],
                    round(rows[code]["total"]),
                    "solidarity_hub.hub_network_year_action",
                    200 + number,
                )
                figures.append({**figure, "network": True})
        return figures
