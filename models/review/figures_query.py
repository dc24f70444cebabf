"""What the figures of a year read, as SQL: the paths of projects and of people.

One description serves the yearly figures, the reports and the lists behind both, so
that they always agree. A *period* is a hub with a first and a last day; the query is
the same for one period and for all years of all hubs.
"""

SUCCESS = ("activity_created", "job", "training")
# Collective moments that are part of an accompaniment; a training of volunteers, an
# event for everybody or the yearly review are not.
ACCOMPANYING_FORMATS = (
    "breakfast",
    "info_afternoon",
    "workshop",
    "working_group",
    "follow_up",
)
# Ways in which a period touches a project, as bits.
RECEIVED, INTERVIEW, PAIRING, PACT, COLLECTIVE, OUTCOME, CARRIED = (
    1 << bit for bit in range(7)
)
INDIVIDUAL = INTERVIEW | PAIRING | PACT
ACCOMPANIED = INDIVIDUAL | COLLECTIVE

# Who was at which collective moment of the period, once each.
ATTENDED = """
attended AS (
    SELECT DISTINCT period.company_id, period.year, period.date_to, period.times,
           place.event_id, place.hub_lead_id AS lead_id,
           COALESCE(place.hub_partner_id, place.partner_id) AS partner_id
      FROM event_registration place
      JOIN event_event event ON event.id = place.event_id
      JOIN %(period)s period
        ON period.company_id = event.company_id OR event.company_id IS NULL
     WHERE place.active AND place.hub_attendance = 'present'
       AND place.hub_format IN %(formats)s AND event.kanban_state != 'cancel'
       AND event.date_begin >= period.utc_from AND event.date_begin < period.utc_to
), frequent AS (
    SELECT company_id, year, date_to, partner_id
      FROM attended
     WHERE partner_id IS NOT NULL
  GROUP BY company_id, year, date_to, partner_id
    HAVING count(DISTINCT event_id) >= min(times)
), together AS (
    SELECT company_id, year, date_to, times, event_id, lead_id
      FROM attended
     WHERE lead_id IS NOT NULL
     UNION
    SELECT attended.company_id, attended.year, attended.date_to, attended.times,
           attended.event_id, holder.lead_id
      FROM attended
      JOIN hub_project_holder holder
        ON holder.partner_id = attended.partner_id
       AND holder.company_id = attended.company_id
     WHERE attended.lead_id IS NULL
)"""

# What the paths led to in the period; the last word of those without success.
RESULT = """
result AS (
    SELECT outcome.lead_id, period.company_id, period.year, period.date_to,
           sum(quantity) FILTER (WHERE kind = 'activity_created') AS activities,
           sum(quantity) FILTER (WHERE kind = 'job') AS jobs,
           sum(quantity) FILTER (WHERE kind = 'job' AND job_kind = 'own') AS jobs_own,
           sum(quantity) FILTER (
               WHERE kind = 'job' AND job_kind = 'salaried') AS jobs_salaried,
           sum(quantity) FILTER (
               WHERE kind = 'job' AND job_kind = 'maintained') AS jobs_maintained,
           sum(jobs_fte) FILTER (WHERE kind = 'job') AS jobs_fte,
           sum(quantity) FILTER (WHERE kind = 'training') AS trainings,
           max(ARRAY[outcome.date - DATE '2000-01-01', outcome.id]) FILTER (
               WHERE kind NOT IN %(success)s) AS exit_key
      FROM hub_outcome outcome
      JOIN %(period)s period ON period.company_id = outcome.company_id
     WHERE outcome.date BETWEEN period.date_from AND period.date_to
  GROUP BY outcome.lead_id, period.company_id, period.year, period.date_to
)"""

# Everything that happened to a project in the period, each with its bit.
TOUCHED = """
touch AS (
    SELECT lead.id AS lead_id, period.company_id, period.year, period.date_to,
           %(received)s AS way
      FROM crm_lead lead
      JOIN %(period)s period ON period.company_id = lead.company_id
     WHERE lead.is_hub_project
       AND lead.hub_reception_date BETWEEN period.date_from AND period.date_to
 UNION ALL
    SELECT interview.lead_id, period.company_id, period.year, period.date_to,
           CASE interview.kind WHEN 'reception' THEN %(received)s
                ELSE %(interview)s END
      FROM hub_interview interview
      JOIN %(period)s period ON period.company_id = interview.company_id
     WHERE interview.state = 'done' AND interview.date_start >= period.utc_from
       AND interview.date_start < period.utc_to
 UNION ALL
    SELECT pairing.lead_id, period.company_id, period.year, period.date_to, %(pairing)s
      FROM hub_pairing pairing
      JOIN %(period)s period ON period.company_id = pairing.company_id
     WHERE pairing.state IN ('active', 'ended')
       AND pairing.volunteer_answer = 'yes' AND pairing.holder_answer = 'yes'
       AND pairing.date_start <= period.date_to
       AND (pairing.date_end IS NULL OR pairing.date_end >= period.date_from)
 UNION ALL
    SELECT rel.lead_id, period.company_id, period.year, period.date_to, %(pact)s
      FROM hub_pact pact
      JOIN hub_pact_crm_lead_rel rel ON rel.pact_id = pact.id
      JOIN %(period)s period ON period.company_id = pact.company_id
     WHERE GREATEST(pact.in_force_from, pact.date_start, period.date_from)
           <= LEAST(pact.date_end, pact.closed_on - 1, period.date_to)
       AND pact.in_force_from IS NOT NULL AND pact.date_start IS NOT NULL
       AND pact.date_end IS NOT NULL
 UNION ALL
    SELECT lead_id, company_id, year, date_to, %(collective)s
      FROM together
  GROUP BY lead_id, company_id, year, date_to
    HAVING count(*) >= min(times)
 UNION ALL
    SELECT holder.lead_id, frequent.company_id, frequent.year, frequent.date_to,
           %(carried)s
      FROM frequent
      JOIN hub_project_holder holder
        ON holder.partner_id = frequent.partner_id
       AND holder.company_id = frequent.company_id
 UNION ALL
    SELECT lead_id, company_id, year, date_to, %(outcome)s
      FROM result
), touched AS (
    SELECT lead_id, company_id, year, date_to, bit_or(way) AS ways
      FROM touch
  GROUP BY lead_id, company_id, year, date_to
)"""

# The phase in which they stood on the last day.
STAND = """
stand AS (
    SELECT touched.lead_id, touched.year,
           (max(ARRAY[step.date_start - DATE '2000-01-01', step.id]))[2] AS step_id
      FROM touched
      JOIN hub_path_step step
        ON step.lead_id = touched.lead_id AND step.date_start <= touched.date_to
  GROUP BY touched.lead_id, touched.year
)"""

PROJECTS = """
path AS (
    SELECT lead.id AS lead_id, touched.company_id, touched.year, touched.ways,
           lead.hub_entry IS NOT DISTINCT FROM 'dla' AS is_dla,
           lead.hub_reception_date, NOT lead.active AS is_archived,
           touched.ways & %(received)s != 0 AS received,
           touched.ways & %(accompanied)s != 0 AS accompanied,
           touched.ways & %(individual)s != 0 AS individually,
           touched.ways & %(collective)s != 0 AS collectively,
           CASE WHEN step.phase IS NOT NULL THEN step.phase != 'closed'
                ELSE lead.hub_accompaniment_end IS NULL
                     OR lead.hub_accompaniment_end > touched.date_to END AS is_open,
           step.phase, last_word.kind AS exit_kind, result.exit_key,
           COALESCE(result.activities, 0) AS activities,
           COALESCE(result.jobs, 0) AS jobs,
           COALESCE(result.jobs_own, 0) AS jobs_own,
           COALESCE(result.jobs_salaried, 0) AS jobs_salaried,
           COALESCE(result.jobs_maintained, 0) AS jobs_maintained,
           COALESCE(result.jobs_fte, 0) AS jobs_fte,
           COALESCE(result.trainings, 0) AS trainings,
           COALESCE(result.activities, 0) > 0 AS with_activity,
           COALESCE(result.jobs, 0) > 0 AS with_job,
           COALESCE(result.trainings, 0) > 0 AS with_training
      FROM touched
      JOIN crm_lead lead ON lead.id = touched.lead_id AND lead.is_hub_project
 LEFT JOIN result
        ON result.lead_id = touched.lead_id AND result.year = touched.year
 LEFT JOIN hub_outcome last_word ON last_word.id = result.exit_key[2]
 LEFT JOIN stand ON stand.lead_id = touched.lead_id AND stand.year = touched.year
 LEFT JOIN hub_path_step step ON step.id = stand.step_id
     WHERE %(own)s AND %(programme)s
)"""
# A moment of one hub may be about a project of another. Said so that the planner does
# not take it for rare: it would read one table again for each row of another.
OWN = "CASE WHEN lead.company_id = touched.company_id THEN TRUE ELSE FALSE END"

# People: whoever carries a project that is not of the DLA. Organisations are none.
PEOPLE = """
carried AS (
    SELECT path.*, holder.partner_id, holder.id AS holder_id,
           frequent.partner_id IS NOT NULL AS attends
      FROM path
      JOIN hub_project_holder holder ON holder.lead_id = path.lead_id
      JOIN res_partner partner
        ON partner.id = holder.partner_id AND partner.is_company IS NOT TRUE
 LEFT JOIN frequent
        ON frequent.partner_id = holder.partner_id
       AND frequent.company_id = path.company_id AND frequent.year = path.year
     WHERE NOT path.is_dla
), person AS MATERIALIZED (
    SELECT partner_id, company_id, year,
           bool_or(received) AS received,
           bool_or(accompanied OR attends) AS accompanied,
           bool_or(individually) AS individually,
           bool_or(collectively OR attends) AS collectively,
           bool_or(is_open AND (accompanied OR attends)) AS is_open,
           bool_or(with_activity) AS with_activity,
           bool_or(with_job) AS with_job,
           bool_or(with_training) AS with_training,
           max(exit_key) AS exit_key,
           (max(ARRAY[COALESCE(hub_reception_date - DATE '2000-01-01', -99999),
                      lead_id, holder_id]))[2:3]
               AS shown_by
      FROM carried
  GROUP BY partner_id, company_id, year
    HAVING bool_or(received) OR bool_or(accompanied OR attends)
)"""

# The DLA accompanies organisations; a project of the DLA without one stands for it.
STRUCTURES = """
structure AS (
    SELECT COALESCE(body.partner_id, -path.lead_id) AS subject_id,
           path.company_id, path.year,
           bool_or(received) AS received,
           bool_or(accompanied) AS accompanied,
           bool_or(individually) AS individually,
           bool_or(collectively) AS collectively,
           bool_or(is_open AND accompanied) AS is_open,
           bool_or(with_activity) AS with_activity,
           bool_or(with_job) AS with_job,
           bool_or(with_training) AS with_training
      FROM path
 LEFT JOIN (
        SELECT holder.lead_id, holder.partner_id
          FROM hub_project_holder holder
          JOIN res_partner partner
            ON partner.id = holder.partner_id AND partner.is_company
      ) body ON body.lead_id = path.lead_id
     WHERE path.is_dla
  GROUP BY subject_id, path.company_id, path.year
)"""
PARTS = (ATTENDED, RESULT, TOUCHED, STAND, PROJECTS, PEOPLE, STRUCTURES)
