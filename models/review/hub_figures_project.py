from odoo import api, models

from .hub_figures import Figure
from .hub_figures_person import ACCOMPANIED, NOT_DLA, PROJECTS, RECEIVED


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
    def _on_projects(self, name, label, definition, domain=(), **more):
        """A figure on projects; ``domain``: which rows of the report stand behind."""
        behind = (PROJECTS, [NOT_DLA, *domain]) if domain else ()
        return Figure(
            f"project.{name}", "project", label, definition, behind=behind, **more
        )

    @api.model
    def _catalogue_projects(self, hub):
        _ = self.env._
        one = self._on_projects
        return [
            one(
                "received",
                _("Projects received"),
                _(
                    "Projects with a reception in the period, with or without a name;"
                    " those of the DLA are counted apart."
                ),
                [RECEIVED],
            ),
            one(
                "opening",
                _("Projects under way from the year before"),
                _(
                    "Projects accompanied the year before whose path was still open on"
                    " its last day, as published then."
                ),
            ),
            one(
                "accompanied",
                _("Projects accompanied"),
                _(
                    "Projects, personal or collective, with at least one of these in"
                    " the period: an interview held other than the reception; somebody"
                    " of the network beside the project; a contract or a pact in"
                    " force; its holders at %(times)s collective moments or more"
                    " (breakfast, information afternoon, workshop, working group,"
                    " follow-up). Projects put away since are among them, those of the"
                    " DLA are counted apart.",
                    times=hub.hub_collective_times,
                ),
                [ACCOMPANIED],
            ),
            one(
                "archived",
                _("of which put away since"),
                _("They count as the others."),
                [ACCOMPANIED, ("is_archived", "=", True)],
                level=1,
            ),
        ]

    @api.model
    def _catalogue_projects_led_to(self):
        _ = self.env._
        one = self._on_projects
        return [
            one(
                "completed",
                _("Projects that succeeded"),
                _(
                    "Projects accompanied that led to at least one of these in the"
                    " period: an activity created, a job, a training."
                ),
                [("completed", "=", 1)],
            ),
            one(
                "with_activity",
                _("with an activity created"),
                _("Projects, not activities: one may have created several."),
                [("with_activity", "=", 1)],
                level=1,
            ),
            one(
                "with_job",
                _("with a job"),
                _("Projects, not jobs: one may have led to several."),
                [("with_job", "=", 1)],
                level=1,
            ),
            one(
                "with_training",
                _("with a training"),
                _("Projects, not people in training."),
                [("with_training", "=", 1)],
                level=1,
            ),
            one(
                "several",
                _("of which with several of these"),
                _(
                    "Counted on two or three of the lines above, and once among the"
                    " projects that succeeded."
                ),
                [("result", "=", "several")],
                level=1,
            ),
        ]

    @api.model
    def _catalogue_projects_sums(self):
        _ = self.env._
        one = self._on_projects
        fte = _("As noted with each job: 0.5 is a half-time job.")
        beside = _(
            "Dated in the period, on projects that were not accompanied in it: noted"
            " afterwards, or of people received only. Not in the figures above."
        )
        return [
            one(
                "activities",
                _("Activities created"),
                _("Sum of the outcomes of projects accompanied in the period."),
                [("activities", ">", 0), ACCOMPANIED],
            ),
            one(
                "jobs",
                _("Jobs"),
                _("Sum of the outcomes of projects accompanied in the period."),
                [("jobs", ">", 0), ACCOMPANIED],
            ),
            one("jobs_own", _("own jobs"), _("Of the holders themselves."), level=1),
            one("jobs_salaried", _("salaried"), _("Of people employed."), level=1),
            one("jobs_maintained", _("maintained"), _("Jobs that stayed."), level=1),
            one("jobs_fte", _("full-time equivalent"), fte, level=1, digits=2),
            one(
                "trainings",
                _("Trainings"),
                _("Sum of the outcomes of projects accompanied in the period."),
                [("trainings", ">", 0), ACCOMPANIED],
            ),
            one("beside_activities", _("Activities created, besides"), beside, level=1),
            one("beside_jobs", _("Jobs, besides"), beside, level=1),
            one("beside_trainings", _("Trainings, besides"), beside, level=1),
        ]

    @api.model
    def _catalogue_projects_left(self):
        _ = self.env._
        one = self._on_projects
        return [
            one(
                "continuing",
                _("Projects still under way"),
                _(
                    "Projects accompanied whose path was still open on the last day of"
                    " the period, whatever it had led to by then: the opening stock of"
                    " the period that follows."
                ),
                [("continuing", "=", 1)],
            ),
            one(
                "completed_continuing",
                _("of which succeeded already"),
                _("Still under way, and among those that succeeded as well."),
                [("continuing", "=", 1), ("completed", "=", 1)],
                level=1,
            ),
            one(
                "other",
                _("Projects with another or an unknown outcome"),
                _(
                    "Projects accompanied with none of these outcomes and no longer"
                    " under way: what is left of those accompanied, always shown."
                ),
                [("other", "=", 1)],
            ),
        ]
