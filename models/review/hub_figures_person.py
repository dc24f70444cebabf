from odoo import api, models

from .hub_figures import Figure

PEOPLE = "solidarity_hub.hub_person_report_action"
PROJECTS = "solidarity_hub.hub_project_report_action"
RECEIVED = ("received", "=", 1)
ACCOMPANIED = ("accompanied", "=", 1)
NOT_DLA = ("is_dla", "=", False)


class HubFigures(models.AbstractModel):
    """What is counted of people, and how it is said."""

    _inherit = "hub.figures"

    @api.model
    def _catalogue(self, hub):
        return [
            *super()._catalogue(hub),
            *self._catalogue_received(),
            *self._catalogue_people(hub),
            *self._catalogue_people_led_to(),
            *self._catalogue_people_left(),
        ]

    @api.model
    def _catalogue_received(self):
        _ = self.env._
        return [
            Figure(
                "person.received",
                "person",
                _("Received"),
                _(
                    "Persons with a reception in the period: the first reception of a"
                    " project, or a reception interview that was held. Each counts"
                    " once, however many projects; a reception without a name counts"
                    " as one person. Organisations and projects of the DLA are not"
                    " among them."
                ),
                behind=(PEOPLE, [RECEIVED]),
            ),
            Figure(
                "person.new",
                "person",
                _("of whom for the first time"),
                _("Persons received who had no reception before the period."),
                level=1,
                behind=(PEOPLE, [("is_new", "=", 1)]),
            ),
            Figure(
                "person.anonymous",
                "person",
                _("of whom without a name"),
                _("Receptions of people who gave no name."),
                level=1,
                behind=(PROJECTS, [("anonymous", "=", 1), NOT_DLA]),
            ),
            Figure(
                "person.organisations",
                "person",
                _("Organisations received, besides"),
                _(
                    "Organisations with a reception in the period, outside the DLA;"
                    " they are not among the persons."
                ),
            ),
        ]

    @api.model
    def _catalogue_people(self, hub):
        _ = self.env._
        return [
            Figure(
                "person.opening",
                "person",
                _("Under way from the year before"),
                _(
                    "Persons accompanied the year before whose path was still open on"
                    " its last day, as published then."
                ),
            ),
            Figure(
                "person.accompanied",
                "person",
                _("Accompanied"),
                _(
                    "Persons who carry a project accompanied in the period, and those"
                    " who carry a project and came themselves to at least %(times)s"
                    " collective moments. Each counts once. This is not the number of"
                    " projects: the two are never compared.",
                    times=hub.hub_collective_times,
                ),
                behind=(PEOPLE, [ACCOMPANIED]),
            ),
            Figure(
                "person.only_individual",
                "person",
                _("individually only"),
                _("Accompanied by interviews, a pair or a pact in force."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "individual")]),
            ),
            Figure(
                "person.only_collective",
                "person",
                _("in collective moments only"),
                _("Accompanied by collective moments, without any of these."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "collective")]),
            ),
            Figure(
                "person.both_ways",
                "person",
                _("individually and collectively"),
                _("Accompanied in both ways."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "both")]),
            ),
        ]

    @api.model
    def _catalogue_people_led_to(self):
        _ = self.env._
        return [
            Figure(
                "person.completed",
                "person",
                _("Succeeded"),
                _(
                    "Persons accompanied whose path led to at least one of these in the"
                    " period: an activity created, a job, a training."
                ),
                behind=(PEOPLE, [("completed", "=", 1)]),
            ),
            Figure(
                "person.with_activity",
                "person",
                _("with an activity created"),
                _("Persons accompanied who created an activity in the period."),
                level=1,
                behind=(PEOPLE, [("with_activity", "=", 1)]),
            ),
            Figure(
                "person.with_job",
                "person",
                _("with a job"),
                _("Persons accompanied for whom a job was noted in the period."),
                level=1,
                behind=(PEOPLE, [("with_job", "=", 1)]),
            ),
            Figure(
                "person.with_training",
                "person",
                _("with a training"),
                _("Persons accompanied who went into training in the period."),
                level=1,
                behind=(PEOPLE, [("with_training", "=", 1)]),
            ),
            Figure(
                "person.several",
                "person",
                _("of whom with several of these"),
                _(
                    "Counted on two or three of the lines above, and once among those"
                    " who succeeded."
                ),
                level=1,
                behind=(PEOPLE, [("result", "=", "several")]),
            ),
        ]

    @api.model
    def _catalogue_people_left(self):
        _ = self.env._
        return [
            Figure(
                "person.continuing",
                "person",
                _("Still under way"),
                _(
                    "Persons accompanied whose path was still open on the last day of"
                    " the period, whatever it had led to by then."
                ),
                behind=(PEOPLE, [("continuing", "=", 1)]),
            ),
            Figure(
                "person.completed_continuing",
                "person",
                _("of whom succeeded already"),
                _("Still under way, and among those who succeeded as well."),
                level=1,
                behind=(PEOPLE, [("continuing", "=", 1), ("completed", "=", 1)]),
            ),
            Figure(
                "person.other",
                "person",
                _("Other or unknown"),
                _(
                    "Persons accompanied with none of these outcomes and no longer"
                    " under way: what is left of those accompanied, always shown."
                ),
                behind=(PEOPLE, [("other", "=", 1)]),
            ),
        ]
