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
        return [
            Figure(
                "person.received",
                "person",
                self.env._("Received"),
                self.env._(
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
                self.env._("of whom for the first time"),
                self.env._("Persons received who had no reception before the period."),
                level=1,
                behind=(PEOPLE, [("is_new", "=", 1)]),
            ),
            Figure(
                "person.anonymous",
                "person",
                self.env._("of whom without a name"),
                self.env._("Receptions of people who gave no name."),
                level=1,
                behind=(PROJECTS, [("anonymous", "=", 1), NOT_DLA]),
            ),
            Figure(
                "person.organisations",
                "person",
                self.env._("Organisations received, besides"),
                self.env._(
                    "Organisations with a reception in the period, outside the DLA;"
                    " they are not among the persons."
                ),
            ),
        ]

    @api.model
    def _catalogue_people(self, hub):
        return [
            Figure(
                "person.opening",
                "person",
                self.env._("Under way from the year before"),
                self.env._(
                    "Persons accompanied the year before whose path was still open on"
                    " its last day, as published then."
                ),
            ),
            Figure(
                "person.accompanied",
                "person",
                self.env._("Accompanied"),
                self.env._(
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
                self.env._("individually only"),
                self.env._("Accompanied by interviews, a pair or a pact in force."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "individual")]),
            ),
            Figure(
                "person.only_collective",
                "person",
                self.env._("in collective moments only"),
                self.env._("Accompanied by collective moments, without any of these."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "collective")]),
            ),
            Figure(
                "person.both_ways",
                "person",
                self.env._("individually and collectively"),
                self.env._("Accompanied in both ways."),
                level=1,
                behind=(PEOPLE, [("manner", "=", "both")]),
            ),
        ]

    @api.model
    def _catalogue_people_led_to(self):
        return [
            Figure(
                "person.completed",
                "person",
                self.env._("Succeeded"),
                self.env._(
                    "Persons accompanied whose path led to at least one of these in the"
                    " period: an activity created, a job, a training."
                ),
                behind=(PEOPLE, [("completed", "=", 1)]),
            ),
            Figure(
                "person.with_activity",
                "person",
                self.env._("with an activity created"),
                self.env._(
                    "Persons accompanied who created an activity in the period."
                ),
                level=1,
                behind=(PEOPLE, [("with_activity", "=", 1)]),
            ),
            Figure(
                "person.with_job",
                "person",
                self.env._("with a job"),
                self.env._(
                    "Persons accompanied for whom a job was noted in the period."
                ),
                level=1,
                behind=(PEOPLE, [("with_job", "=", 1)]),
            ),
            Figure(
                "person.with_training",
                "person",
                self.env._("with a training"),
                self.env._("Persons accompanied who went into training in the period."),
                level=1,
                behind=(PEOPLE, [("with_training", "=", 1)]),
            ),
            Figure(
                "person.several",
                "person",
                self.env._("of whom with several of these"),
                self.env._(
                    "Counted on two or three of the lines above, and once among those"
                    " who succeeded."
                ),
                level=1,
                behind=(PEOPLE, [("result", "=", "several")]),
            ),
        ]

    @api.model
    def _catalogue_people_left(self):
        return [
            Figure(
                "person.continuing",
                "person",
                self.env._("Still under way"),
                self.env._(
                    "Persons accompanied whose path was still open on the last day of"
                    " the period, whatever it had led to by then."
                ),
                behind=(PEOPLE, [("continuing", "=", 1)]),
            ),
            Figure(
                "person.completed_continuing",
                "person",
                self.env._("of whom succeeded already"),
                self.env._("Still under way, and among those who succeeded as well."),
                level=1,
                behind=(PEOPLE, [("continuing", "=", 1), ("completed", "=", 1)]),
            ),
            Figure(
                "person.other",
                "person",
                self.env._("Other or unknown"),
                self.env._(
                    "Persons accompanied with none of these outcomes and no longer"
                    " under way: what is left of those accompanied, always shown."
                ),
                behind=(PEOPLE, [("other", "=", 1)]),
            ),
        ]
