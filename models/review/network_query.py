"""People of the networks, moments and time in a period, in one statement."""

from odoo.tools import SQL

QUERY = """
WITH held AS (
    SELECT role.partner_id, role.kind, min(role.date_start) AS since,
           min(partner.hub_gender) AS gender
      FROM hub_role role
      JOIN res_partner partner
        ON partner.id = role.partner_id AND partner.is_company IS NOT TRUE
     WHERE role.company_id = %(company)s AND role.date_start <= %(end)s
       AND (role.date_end IS NULL OR role.date_end >= %(start)s)
  GROUP BY role.partner_id, role.kind
), volunteer AS (
    SELECT held.*, EXISTS (
               SELECT FROM hub_role before
                WHERE before.partner_id = held.partner_id AND before.kind = 'holder'
                  AND before.company_id = %(company)s
                  AND before.date_start < held.since) AS once
      FROM held
     WHERE held.kind = 'volunteer'
), interview AS (
    SELECT count(*) AS interviews, COALESCE(sum(interview.duration), 0) AS hours
      FROM hub_interview interview
      JOIN %(period)s period ON period.company_id = interview.company_id
      JOIN crm_lead lead ON lead.id = interview.lead_id
     WHERE interview.state = 'done' AND interview.date_start >= period.utc_from
       AND interview.date_start < period.utc_to AND %(programme)s
), moment AS (
    SELECT event.id, COALESCE(event.hub_unidentified, 0) AS unnamed,
           (SELECT count(*) FROM event_registration place
             WHERE place.event_id = event.id AND place.active
               AND place.hub_attendance = 'present') AS named, event.active
      FROM event_event event
      JOIN %(period)s period ON period.company_id = event.company_id
     WHERE event.hub_format IS NOT NULL AND event.kanban_state != 'cancel'
       AND event.date_begin >= period.utc_from AND event.date_begin < period.utc_to
       AND event.date_end < %(now)s
), hours AS (
    SELECT COALESCE(sum(hours) FILTER (WHERE role_kind = 'employee'), 0) AS paid,
           COALESCE(sum(hours) FILTER (WHERE role_kind IS DISTINCT FROM 'employee'), 0)
               AS given,
           count(DISTINCT partner_id) FILTER (
               WHERE role_kind IS DISTINCT FROM 'employee') AS givers
      FROM hub_volunteer_hours
     WHERE company_id = %(company)s AND state = 'validated' AND active
       AND date BETWEEN %(start)s AND %(end)s AND %(of_programme)s
), pacts AS (
    SELECT count(*) FILTER (WHERE form = 'accompaniment_contract') AS contracts,
           count(*) FILTER (WHERE form != 'accompaniment_contract') AS pacts
      FROM hub_pact
     WHERE company_id = %(company)s AND in_force_from IS NOT NULL
       AND GREATEST(in_force_from, date_start, %(start)s)
           <= LEAST(date_end, closed_on - 1, %(end)s)
       AND date_start IS NOT NULL AND date_end IS NOT NULL
)
SELECT (SELECT count(*) FROM volunteer) AS volunteers,
       (SELECT count(*) FROM volunteer WHERE once) AS once_accompanied,
       (SELECT count(*) FROM volunteer WHERE gender = 'female') AS volunteer_women,
       (SELECT count(*) FROM volunteer WHERE gender = 'male') AS volunteer_men,
       (SELECT count(*) FROM held WHERE kind = 'holder') AS holders,
       (SELECT count(*) FROM held WHERE kind = 'holder' AND gender = 'female')
           AS holder_women,
       (SELECT count(*) FROM held WHERE kind = 'holder' AND gender = 'male')
           AS holder_men,
       (SELECT interviews FROM interview) AS interviews,
       (SELECT hours FROM interview) AS interview_hours,
       (SELECT count(*) FROM moment WHERE active OR named + unnamed > 0) AS moments,
       (SELECT COALESCE(sum(named + unnamed), 0) FROM moment) AS attendances,
       (SELECT given FROM hours) AS hours_given, (SELECT givers FROM hours) AS givers,
       (SELECT paid FROM hours) AS hours_paid,
       (SELECT contracts FROM pacts) AS contracts, (SELECT pacts FROM pacts) AS pacts"""


def read_network(period, hub, start, end, now, counts_under, programmes=()):
    """One row with all the numbers."""
    return SQL(
        QUERY,
        period=period,
        company=hub.id,
        start=start,
        end=end,
        now=now,
        programme=counts_under,
        of_programme=SQL("programme_id IN %s", tuple(programmes))
        if programmes
        else SQL("TRUE"),
    )
