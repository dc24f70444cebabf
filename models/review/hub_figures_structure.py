from odoo import api, models

from .hub_figures import Figure
from .hub_figures_person import PROJECTS
from .hub_figures_project import BEHIND

DLA = ("is_dla", "=", True)


class HubFigures(models.AbstractModel):
    """Structures that the DLA accompanies: a series of its own."""

    _inherit = "hub.figures"

    @api.model
    def _catalogue(self, hub):
        figures = super()._catalogue(hub)
        if self._carries_dla(hub):
            figures += self._catalogue_structures()
        return figures

    @api.model
    def _carries_dla(self, hub):
        """Whether the hub has ever received a structure for the DLA."""
        projects = self.env["crm.lead"].sudo().with_context(active_test=False)
        return bool(
            projects.search_count(
                [
                    ("is_hub_project", "=", True),
                    ("hub_entry", "=", "dla"),
                    ("company_id", "=", hub.id),
                ],
                limit=1,
            )
        )

    @api.model
    def _catalogue_structures(self):

        def one(name, label, definition):
            return Figure(
                f"structure.{name}",
                "structure",
                label,
                definition,
                behind=(PROJECTS, [DLA, *BEHIND[name]]),
            )

        return [
            one(
                "received",
                self.env._("Structures received"),
                self.env._(
                    "Organisations with a reception of the DLA in the period. Each"
                    " counts once; a project of the DLA without an organisation stands"
                    " for one."
                ),
            ),
            one(
                "accompanied",
                self.env._("Structures accompanied"),
                self.env._("By the same rules as projects."),
            ),
            one(
                "completed",
                self.env._("Structures with an activity, a job or a training"),
                self.env._("Among those accompanied, by the outcomes of the period."),
            ),
            one(
                "continuing",
                self.env._("Structures still under way"),
                self.env._("Among those accompanied, on the last day of the period."),
            ),
            one(
                "other",
                self.env._("Structures with another or an unknown outcome"),
                self.env._("What is left of those accompanied, always shown."),
            ),
        ]
