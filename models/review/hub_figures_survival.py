from odoo import api, models

from .hub_figures import Figure

# Months after the creation, and the years that lie between.
ANNIVERSARIES = {"m12": 1, "m36": 3, "m60": 5}
SURVIVAL = "solidarity_hub.hub_survival_action"


class HubFigures(models.AbstractModel):
    """Activities created earlier and alive on their anniversary in this year."""

    _inherit = "hub.figures"

    @api.model
    def _sections(self):
        title = self.env._("What became of activities created before")
        return {**super()._sections(), "survival": title}

    @api.model
    def _series_labels(self):
        return {
            **super()._series_labels(),
            "survival": self.env._("Activities created"),
        }

    @api.model
    def _values(self, hub, start, end, programmes=()):
        """For whole years only: a cohort is a year of creation."""
        values, queries = super()._values(hub, start, end, programmes)
        whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if programmes or not whole or start.year != end.year:
            return values, queries
        cohorts = {moment: end.year - years for moment, years in ANNIVERSARIES.items()}
        counted = self.env["hub.survival"]._count_alive(hub, cohorts)
        for moment, (known, alive) in counted.items():
            values[f"survival.{moment}_known"] = known
            values[f"survival.{moment}_alive"] = alive
        return values, queries

    @api.model
    def _catalogue(self, hub):
        titles = {
            "m12": self.env._("Created the year before: fate known after one year"),
            "m36": self.env._(
                "Created three years before: fate known after three years"
            ),
            "m60": self.env._("Created five years before: fate known after five years"),
        }
        known = self.env._(
            "Activities created in that year whose fate on their anniversary is known;"
            " the others are not counted."
        )
        alive = self.env._("Found alive on that day, or taken over by somebody else.")
        figures = super()._catalogue(hub)
        for moment, title in titles.items():
            figures += [
                Figure(
                    f"survival.{moment}_known",
                    "survival",
                    title,
                    known,
                    behind=(SURVIVAL, [("moment", "=", moment)]),
                    years_back=ANNIVERSARIES[moment],
                ),
                Figure(
                    f"survival.{moment}_alive",
                    "survival",
                    self.env._("of which alive"),
                    alive,
                    level=1,
                    behind=(SURVIVAL, [("moment", "=", moment)]),
                    years_back=ANNIVERSARIES[moment],
                ),
            ]
        return figures
