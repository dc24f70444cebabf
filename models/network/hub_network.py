from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

NETWORK = "solidarity_hub.group_hub_network"
# One row for each hub, whatever the number of hubs.
FIGURES = """
WITH hub AS (
    SELECT company.id AS company_id,
           (%(start)s::timestamp AT TIME ZONE zone.name) AT TIME ZONE 'UTC' AS utc_from,
           ((%(end)s::date + 1)::timestamp AT TIME ZONE zone.name)
               AT TIME ZONE 'UTC' AS utc_to
      FROM (VALUES %(hubs)s) AS zone (id, name)
      JOIN res_company company ON company.id = zone.id
)
SELECT hub.company_id,
       received.projects AS received, received.persons, under_way.projects AS under_way,
       outcome.activities, outcome.jobs, outcome.trainings,
       network.volunteers, network.funders, network.institutions,
       interview.number AS interviews,
       COALESCE(moment.named, 0) + COALESCE(unnamed.number, 0) AS attendances,
       COALESCE(given.volunteers, 0) AS hours_given,
       COALESCE(given.employees, 0) AS hours_paid
  FROM hub
 CROSS JOIN LATERAL (
    SELECT count(DISTINCT lead.id) AS projects,
           count(DISTINCT partner.id) + count(DISTINCT lead.id)
               FILTER (WHERE holder.id IS NULL) AS persons
      FROM crm_lead lead
 LEFT JOIN hub_project_holder holder ON holder.lead_id = lead.id
 LEFT JOIN res_partner partner
        ON partner.id = holder.partner_id AND partner.is_company IS NOT TRUE
     WHERE lead.is_hub_project AND lead.company_id = hub.company_id
       AND lead.hub_reception_date BETWEEN %(start)s AND %(end)s
 ) received
 CROSS JOIN LATERAL (
    SELECT count(*) AS projects
      FROM crm_lead lead
     WHERE lead.is_hub_project AND lead.company_id = hub.company_id
       AND lead.hub_accompaniment_start <= %(end)s
       AND COALESCE(lead.hub_accompaniment_end, 'infinity') >= %(start)s
 ) under_way
 CROSS JOIN LATERAL (
    SELECT COALESCE(sum(quantity) FILTER (WHERE kind = 'activity_created'), 0)
               AS activities,
           COALESCE(sum(quantity) FILTER (WHERE kind = 'job'), 0) AS jobs,
           COALESCE(sum(quantity) FILTER (WHERE kind = 'training'), 0) AS trainings
      FROM hub_outcome
     WHERE company_id = hub.company_id AND date BETWEEN %(start)s AND %(end)s
 ) outcome
 CROSS JOIN LATERAL (
    SELECT count(DISTINCT partner_id) FILTER (WHERE kind = 'volunteer') AS volunteers,
           count(DISTINCT partner_id) FILTER (WHERE kind = 'funder') AS funders,
           count(DISTINCT partner_id) FILTER (WHERE kind = 'institution')
               AS institutions
      FROM hub_role
     WHERE company_id = hub.company_id AND date_start <= %(end)s
       AND COALESCE(date_end, 'infinity') >= %(start)s
 ) network
 CROSS JOIN LATERAL (
    SELECT count(*) AS number
      FROM hub_interview
     WHERE company_id = hub.company_id AND state = 'done'
       AND date_start >= hub.utc_from AND date_start < hub.utc_to
 ) interview
 CROSS JOIN LATERAL (
    SELECT count(*) AS named
      FROM event_registration place
      JOIN event_event event ON event.id = place.event_id
     WHERE event.company_id = hub.company_id AND event.hub_format IS NOT NULL
       AND place.active AND place.hub_attendance = 'present'
       AND event.date_begin >= hub.utc_from AND event.date_begin < hub.utc_to
 ) moment
 CROSS JOIN LATERAL (
    SELECT sum(hub_unidentified) AS number
      FROM event_event event
     WHERE event.company_id = hub.company_id AND event.hub_format IS NOT NULL
       AND event.date_begin >= hub.utc_from AND event.date_begin < hub.utc_to
 ) unnamed
 CROSS JOIN LATERAL (
    SELECT sum(hours) FILTER (WHERE role_kind IS DISTINCT FROM 'employee')
               AS volunteers,
           sum(hours) FILTER (WHERE role_kind = 'employee') AS employees
      FROM hub_volunteer_hours
     WHERE company_id = hub.company_id AND state = 'validated'
       AND date BETWEEN %(start)s AND %(end)s
 ) given"""
FLUSHED = (
    "crm.lead",
    "event.event",
    "event.registration",
    "hub.interview",
    "hub.outcome",
    "hub.project.holder",
    "hub.role",
    "hub.volunteer.hours",
    "res.partner",
)


class HubNetwork(models.AbstractModel):
    """Figures of several hubs of one database side by side, and together.

    For whoever looks after a network of hubs: numbers only, and only of the hubs
    (companies) of the user. Areas add figures by extending :meth:`_rows`.
    """

    _name = "hub.network"
    _description = "Figures of a network of hubs"

    @api.model
    def _hubs(self):
        """Hubs that the user may see together."""
        return self.env.user.company_ids.sudo().filtered("hub_active").sorted("name")

    @api.model
    def _check_may_see(self, hubs):
        if not self.env.user.has_group(NETWORK) or hubs - self._hubs():
            raise AccessError(
                self.env._(
                    "Figures of several hubs are for whoever looks after the network,"
                    " and of his or her own hubs."
                )
            )

    @api.model
    def _figures_of(self, hubs, year):
        """Rows of a year, ``[{code, label, help, digits, values, total}]``.

        :param hubs: companies; ``values`` follows their order
        """
        self._check_may_see(hubs)
        if not 1990 <= year <= fields.Date.context_today(self).year + 1:
            raise UserError(
                self.env._(
                    "%(year)s is no year of the hubs: write four digits, for example"
                    " %(this_year)s.",
                    year=year,
                    this_year=fields.Date.context_today(self).year,
                )
            )
        start, end = f"{year}-01-01", f"{year}-12-31"
        rows = self._rows(hubs.sudo(), start, end) if hubs else []
        return [dict(row, total=sum(row["values"])) for row in rows]

    @api.model
    def _rows(self, hubs, start, end):
        """The same without sums, for any days."""
        for model in FLUSHED:
            self.env[model].flush_model()
        values = SQL(", ").join(
            SQL("(%s, %s)", hub.id, hub._hub_tz() or "UTC") for hub in hubs
        )
        self.env.cr.execute(SQL(FIGURES, hubs=values, start=start, end=end))
        found = {row["company_id"]: row for row in self.env.cr.dictfetchall()}
        return [
            {
                "code": code,
                "label": label,
                "help": words,
                "digits": 1 if code.startswith("hours") else 0,
                "values": [found[hub.id][code] for hub in hubs],
            }
            for code, (label, words) in self._labels().items()
        ]

    @api.model
    def _labels(self):
        dated = self.env._("Outcomes dated in the year.")
        during = self.env._("With this role on at least one day of the year.")
        return {
            "persons": (
                self.env._("Persons received"),
                self.env._(
                    "Reception of a project in the year, anonymous ones included."
                ),
            ),
            "received": (
                self.env._("Projects received"),
                self.env._("Received in the year."),
            ),
            "under_way": (
                self.env._("Projects with an accompaniment under way"),
                self.env._("On at least one day of the year."),
            ),
            "activities": (self.env._("Activities created"), dated),
            "jobs": (self.env._("Jobs"), dated),
            "trainings": (self.env._("Trainings"), dated),
            "volunteers": (self.env._("Volunteers"), during),
            "funders": (self.env._("Solidarity funders"), during),
            "institutions": (self.env._("Institutions and partners"), during),
            "interviews": (self.env._("Interviews"), self.env._("Done in the year.")),
            "attendances": (
                self.env._("Attendances at collective moments"),
                self.env._("Present, those without a name included."),
            ),
            "hours_given": (
                self.env._("Hours of volunteers"),
                self.env._("Validated."),
            ),
            "hours_paid": (self.env._("Hours of employees"), self.env._("Validated.")),
        }
