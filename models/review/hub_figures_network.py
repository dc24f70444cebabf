from odoo import api, fields, models

from .figures_read import counts_under, one_period
from .hub_figures import Figure
from .network_query import read_network

NETWORKS = "solidarity_hub.hub_network_report_action"
VOLUNTEERS = ("kind", "=", "volunteer")
HOLDERS = ("kind", "=", "holder")
# What can be told of one programme alone.
OF_PROGRAMMES = ("interviews", "interview_hours", "hours_given", "hours_paid", "givers")


class HubFigures(models.AbstractModel):
    """Networks, moments, time and pacts of the period."""

    _inherit = "hub.figures"

    @api.model
    def _sections(self):
        return {
            **super()._sections(),
            "network": self.env._("Networks: volunteers and project holders"),
            "moments": self.env._("Interviews, collective moments, time, pacts"),
        }

    @api.model
    def _series_labels(self):
        return {**super()._series_labels(), "network": self.env._("Life of the hub")}

    @api.model
    def _values(self, hub, start, end, programmes=()):
        values, queries = super()._values(hub, start, end, programmes)
        sql = read_network(
            one_period(hub, start, end),
            hub,
            start,
            end,
            fields.Datetime.now(),
            counts_under(programmes),
            programmes,
        )
        for model in ("hub.role", "hub.volunteer.hours", "event.event"):
            self.env[model].flush_model()
        self.env.cr.execute(sql)
        row = self.env.cr.dictfetchone()
        names = OF_PROGRAMMES if programmes else row
        values |= {f"network.{name}": row[name] for name in names}
        return values, {**queries, "network": self._query_text(sql)}

    @api.model
    def _catalogue(self, hub):
        return [
            *super()._catalogue(hub),
            *self._catalogue_networks(),
            *self._catalogue_moments(),
            *self._catalogue_time(),
        ]

    @api.model
    def _catalogue_networks(self):
        women = self.env._(
            "As noted on their card; the others said nothing or otherwise."
        )
        return [
            self._of_life(
                "volunteers",
                self.env._("Volunteers"),
                self.env._("Persons with the role of volunteer on at least one day."),
                [VOLUNTEERS],
            ),
            self._of_life(
                "once_accompanied",
                self.env._("of whom accompanied before"),
                self.env._(
                    "They were project holders of this hub before they volunteered."
                ),
                [VOLUNTEERS, ("once_accompanied", "=", 1)],
                level=1,
            ),
            self._of_life(
                "volunteer_women",
                self.env._("of whom women"),
                women,
                [VOLUNTEERS, ("gender", "=", "female")],
                level=1,
            ),
            self._of_life(
                "volunteer_men",
                self.env._("of whom men"),
                women,
                [VOLUNTEERS, ("gender", "=", "male")],
                level=1,
            ),
            self._of_life(
                "holders",
                self.env._("Project holders"),
                self.env._(
                    "Persons with the role of project holder on at least one day: it"
                    " begins with the accompaniment."
                ),
                [HOLDERS],
            ),
            self._of_life(
                "holder_women",
                self.env._("of whom women"),
                women,
                [HOLDERS, ("gender", "=", "female")],
                level=1,
            ),
            self._of_life(
                "holder_men",
                self.env._("of whom men"),
                women,
                [HOLDERS, ("gender", "=", "male")],
                level=1,
            ),
        ]

    @api.model
    def _catalogue_moments(self):
        one = self._of_life
        return [
            one(
                "interviews",
                self.env._("Interviews held"),
                self.env._(
                    "Interviews of the period marked done, receptions included."
                ),
                section="moments",
            ),
            one(
                "interview_hours",
                self.env._("hours of interviews"),
                self.env._("Their duration, whoever was there."),
                section="moments",
                level=1,
                digits=1,
            ),
            one(
                "moments",
                self.env._("Collective moments"),
                self.env._(
                    "Of all kinds, held in the period; cancelled ones do not count."
                ),
                section="moments",
            ),
            one(
                "attendances",
                self.env._("presences there"),
                self.env._(
                    "People noted present and those who gave no name, at each moment:"
                    " whoever came to three counts three times."
                ),
                section="moments",
                level=1,
            ),
            one(
                "contracts",
                self.env._("Accompaniment contracts in force"),
                self.env._("In force on at least one day, by their dates."),
                section="moments",
            ),
            one(
                "pacts",
                self.env._("Local pacts and conventions in force"),
                self.env._("In force on at least one day, by their dates."),
                section="moments",
            ),
        ]

    @api.model
    def _catalogue_time(self):
        validated = self.env._(
            "Validated time of the period, by the role of the person that day."
        )
        one = self._of_life
        return [
            one(
                "hours_given",
                self.env._("Hours of volunteers"),
                validated,
                section="moments",
                digits=1,
            ),
            one(
                "givers",
                self.env._("persons who gave them"),
                validated,
                section="moments",
                level=1,
            ),
            one(
                "hours_paid",
                self.env._("Hours of employees"),
                validated,
                section="moments",
                digits=1,
            ),
        ]

    @api.model
    def _of_life(self, name, label, definition, domain=(), section="network", **more):
        behind = (NETWORKS, list(domain)) if domain else ()
        code = f"network.{name}"
        return Figure(code, section, label, definition, behind=behind, **more)
