from odoo import api, models

from .hub_figures import Figure
from .hub_figures_person import ACCOMPANIED, NOT_DLA, PROJECTS, RECEIVED

# Which rows of the report stand behind a figure.
BEHIND = {
    "received": [RECEIVED],
    "accompanied": [ACCOMPANIED],
    "archived": [ACCOMPANIED, ("is_archived", "=", True)],
    "completed": [("completed", "=", 1)],
    "with_activity": [("with_activity", "=", 1)],
    "with_job": [("with_job", "=", 1)],
    "with_training": [("with_training", "=", 1)],
    "several": [("result", "=", "several")],
    "activities": [("activities", ">", 0), ACCOMPANIED],
    "jobs": [("jobs", ">", 0), ACCOMPANIED],
    "trainings": [("trainings", ">", 0), ACCOMPANIED],
    "continuing": [("continuing", "=", 1)],
    "completed_continuing": [("continuing", "=", 1), ("completed", "=", 1)],
    "other": [("other", "=", 1)],
}


class HubFigures(models.AbstractModel):
    """What is counted of projects, and how it is said."""

    _inherit = "hub.figures"

    @api.model
    def _catalogue(self, hub):
        return [
            *super()._catalogue(hub),
            *self._catalogue_projects(hub),
            *self._catalogue_projects_led_to(),
            *self._catalogue_projects_sums(),
            *self._catalogue_projects_left(),
        ]

    @api.model
    def _on_projects(self, name, label, definition, **more):
        """A figure on projects."""
        domain = BEHIND.get(name)
        behind = (PROJECTS, [NOT_DLA, *domain]) if domain else ()
        return Figure(
            f"project.{name}", "project", label, definition, behind=behind, **more
        )

    @api.model
    def _catalogue_projects(self, hub):
        one = self._on_projects
        return [
            one(
                "received",
                self.env._("Projects received"),
                self.env._(
                    "Projects with a reception in the period, with or without a name;"
                    " those of the DLA are counted apart."
                ),
            ),
            one(
                "opening",
                self.env._("Projects under way from the year before"),
                self.env._(
                    "Projects accompanied the year before whose path was still open on"
                    " its last day, as published then."
                ),
            ),
            one(
                "accompanied",
                self.env._("Projects accompanied"),
                self.env._(
                    "Projects, personal or collective, with at least one of these in"
                    " the period: an interview held other than the reception; somebody"
                    " of the network beside the project; a contract or a pact in"
                    " force; its holders at %(times)s collective moments or more"
                    " (breakfast, information afternoon, workshop, working group,"
                    " follow-up). Projects put away since are among them, those of the"
                    " DLA are counted apart.",
                    times=hub.hub_collective_times,
                ),
            ),
            one(
                "archived",
                self.env._("of which put away since"),
                self.env._("They count as the others."),
                level=1,
            ),
        ]

    @api.model
    def _catalogue_projects_led_to(self):
        one = self._on_projects
        return [
            one(
                "completed",
                self.env._("Projects that succeeded"),
                self.env._(
                    "Projects accompanied that led to at least one of these in the"
                    " period: an activity created, a job, a training."
                ),
            ),
            one(
                "with_activity",
                self.env._("with an activity created"),
                self.env._("Projects, not activities: one may have created several."),
                level=1,
            ),
            one(
                "with_job",
                self.env._("with a job"),
                self.env._("Projects, not jobs: one may have led to several."),
                level=1,
            ),
            one(
                "with_training",
                self.env._("with a training"),
                self.env._("Projects, not people in training."),
                level=1,
            ),
            one(
                "several",
                self.env._("of which with several of these"),
                self.env._(
                    "Counted on two or three of the lines above, and once among the"
                    " projects that succeeded."
                ),
                level=1,
            ),
        ]

    @api.model
    def _catalogue_projects_sums(self):
        one = self._on_projects
        fte = self.env._("As noted with each job: 0.5 is a half-time job.")
        beside = self.env._(
            "Dated in the period, on projects that were not accompanied in it: noted"
            " afterwards, or of people received only. Not in the figures above."
        )
        return [
            one(
                "activities",
                self.env._("Activities created"),
                self.env._(
                    "Sum of the outcomes of projects accompanied in the period."
                ),
            ),
            one(
                "jobs",
                self.env._("Jobs"),
                self.env._(
                    "Sum of the outcomes of projects accompanied in the period."
                ),
            ),
            one(
                "jobs_own",
                self.env._("own jobs"),
                self.env._("Of the holders themselves."),
                level=1,
            ),
            one(
                "jobs_salaried",
                self.env._("salaried"),
                self.env._("Of people employed."),
                level=1,
            ),
            one(
                "jobs_maintained",
                self.env._("maintained"),
                self.env._("Jobs that stayed."),
                level=1,
            ),
            one("jobs_fte", self.env._("full-time equivalent"), fte, level=1, digits=2),
            one(
                "trainings",
                self.env._("Trainings"),
                self.env._(
                    "Sum of the outcomes of projects accompanied in the period."
                ),
            ),
            one(
                "beside_activities",
                self.env._("Activities created, besides"),
                beside,
                level=1,
            ),
            one("beside_jobs", self.env._("Jobs, besides"), beside, level=1),
            one("beside_trainings", self.env._("Trainings, besides"), beside, level=1),
        ]

    @api.model
    def _catalogue_projects_left(self):
        one = self._on_projects
        return [
            one(
                "continuing",
                self.env._("Projects still under way"),
                self.env._(
                    "Projects accompanied whose path was still open on the last day of"
                    " the period, whatever it had led to by then: the opening stock of"
                    " the period that follows."
                ),
            ),
            one(
                "completed_continuing",
                self.env._("of which succeeded already"),
                self.env._("Still under way, and among those that succeeded as well."),
                level=1,
            ),
            one(
                "other",
                self.env._("Projects with another or an unknown outcome"),
                self.env._(
                    "Projects accompanied with none of these outcomes and no longer"
                    " under way: what is left of those accompanied, always shown."
                ),
            ),
        ]
