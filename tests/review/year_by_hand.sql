-- The year of a hub by one query written by hand from the definitions: it shares nothing
-- with the queries of the addon. For hubs in Europe/Paris.
WITH year AS MATERIALIZED (
    SELECT make_date(%(year)s, 1, 1) AS first, make_date(%(year)s, 12, 31) AS last
), lead AS MATERIALIZED (
    SELECT id, active, hub_reception_date, hub_accompaniment_end AS ended,
           hub_entry IS NOT DISTINCT FROM 'dla' AS dla
      FROM crm_lead WHERE is_hub_project AND company_id = %(hub)s
), present AS MATERIALIZED (
    SELECT r.event_id, r.hub_lead_id, COALESCE(r.hub_partner_id, r.partner_id) AS who
      FROM event_registration r JOIN event_event e ON e.id = r.event_id
     WHERE r.active AND r.hub_attendance = 'present' AND e.kanban_state <> 'cancel'
       AND e.hub_format IN ('breakfast', 'info_afternoon', 'workshop', 'working_group', 'follow_up')
       AND (e.date_begin AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date
           BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
       AND (e.company_id = %(hub)s OR e.company_id IS NULL)
), often AS MATERIALIZED (
    SELECT who FROM present GROUP BY who HAVING count(DISTINCT event_id) >= %(times)s
), received AS MATERIALIZED (
    SELECT id FROM lead
     WHERE hub_reception_date BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
     UNION
    SELECT lead_id FROM hub_interview
     WHERE state = 'done' AND kind = 'reception' AND company_id = %(hub)s
       AND date_start >= (make_date(%(year)s, 1, 1)::timestamp AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'UTC'
       AND date_start < (make_date(%(year)s + 1, 1, 1)::timestamp AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'UTC'
), helped AS MATERIALIZED (
    SELECT lead_id, bool_or(alone) AS alone, bool_or(NOT alone) AS together FROM (
        SELECT lead_id, TRUE AS alone FROM hub_interview
         WHERE state = 'done' AND kind <> 'reception' AND company_id = %(hub)s
           AND date_start >= (make_date(%(year)s, 1, 1)::timestamp AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'UTC'
           AND date_start < (make_date(%(year)s + 1, 1, 1)::timestamp AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'UTC'
        UNION ALL
        SELECT lead_id, TRUE FROM hub_pairing
         WHERE company_id = %(hub)s AND state IN ('active', 'ended')
           AND volunteer_answer = 'yes' AND holder_answer = 'yes'
           AND date_start <= make_date(%(year)s, 12, 31)
           AND COALESCE(date_end, 'infinity') >= make_date(%(year)s, 1, 1)
        UNION ALL
        SELECT rel.lead_id, TRUE FROM hub_pact p JOIN hub_pact_crm_lead_rel rel ON rel.pact_id = p.id
         WHERE p.company_id = %(hub)s
           AND GREATEST(p.in_force_from, p.date_start) <= make_date(%(year)s, 12, 31)
           AND LEAST(p.date_end, p.closed_on - 1) >= make_date(%(year)s, 1, 1)
           AND GREATEST(p.in_force_from, p.date_start) <= LEAST(p.date_end, p.closed_on - 1)
           AND p.in_force_from IS NOT NULL AND p.date_start IS NOT NULL AND p.date_end IS NOT NULL
        UNION ALL
        SELECT lead_id, FALSE FROM (
            SELECT hub_lead_id AS lead_id, event_id FROM present WHERE hub_lead_id IS NOT NULL
             UNION
            SELECT h.lead_id, p.event_id FROM present p JOIN hub_project_holder h ON h.partner_id = p.who
             WHERE p.hub_lead_id IS NULL AND h.company_id = %(hub)s) t
         GROUP BY lead_id HAVING count(*) >= %(times)s) any_way
     GROUP BY lead_id
), led AS MATERIALIZED (
    SELECT lead_id, COALESCE(sum(quantity) FILTER (WHERE kind = 'activity_created'), 0) AS a,
           COALESCE(sum(quantity) FILTER (WHERE kind = 'job'), 0) AS j,
           sum(quantity) FILTER (WHERE kind = 'job' AND job_kind = 'own') AS own,
           sum(quantity) FILTER (WHERE kind = 'job' AND job_kind = 'salaried') AS salaried,
           sum(quantity) FILTER (WHERE kind = 'job' AND job_kind = 'maintained') AS maintained,
           sum(jobs_fte) FILTER (WHERE kind = 'job') AS fte,
           COALESCE(sum(quantity) FILTER (WHERE kind = 'training'), 0) AS t
      FROM hub_outcome, year WHERE company_id = %(hub)s AND date BETWEEN first AND last GROUP BY lead_id
), seen AS MATERIALIZED (
    SELECT lead.id, lead.dla, lead.active, lead.hub_reception_date,
           received.id IS NOT NULL AS received, helped.lead_id IS NOT NULL AS helped,
           COALESCE(helped.alone, FALSE) AS alone, COALESCE(helped.together, FALSE) AS together,
           own, salaried, maintained, fte, COALESCE(a, 0) AS a, COALESCE(j, 0) AS j, COALESCE(t, 0) AS t,
           COALESCE(a, 0) + COALESCE(j, 0) + COALESCE(t, 0) > 0 AS success,
           COALESCE((SELECT phase <> 'closed' FROM hub_path_step s, year
                      WHERE s.lead_id = lead.id AND s.date_start <= last
                   ORDER BY s.date_start DESC, s.id DESC LIMIT 1),
               (SELECT ended IS NULL OR ended > last FROM year)) AS going_on
      FROM lead LEFT JOIN received ON received.id = lead.id
      LEFT JOIN helped ON helped.lead_id = lead.id LEFT JOIN led ON led.lead_id = lead.id
     WHERE received.id IS NOT NULL OR helped.lead_id IS NOT NULL OR led.lead_id IS NOT NULL
        OR lead.id IN (SELECT h.lead_id FROM often JOIN hub_project_holder h ON h.partner_id = often.who)
), folk AS MATERIALIZED (
    SELECT h.partner_id, bool_or(received) AS received,
           bool_or(helped OR often.who IS NOT NULL) AS helped, bool_or(alone) AS alone,
           bool_or(together OR often.who IS NOT NULL) AS together, bool_or(success) AS success,
           bool_or(a > 0) AS a, bool_or(j > 0) AS j, bool_or(t > 0) AS t,
           bool_or(going_on AND (helped OR often.who IS NOT NULL)) AS going_on
      FROM seen JOIN hub_project_holder h ON h.lead_id = seen.id
      JOIN res_partner p ON p.id = h.partner_id AND NOT COALESCE(p.is_company, FALSE)
      LEFT JOIN often ON often.who = h.partner_id
     WHERE NOT dla GROUP BY h.partner_id
), body AS MATERIALIZED (
    SELECT COALESCE(h.partner_id, -seen.id) AS id, bool_or(received) AS received, bool_or(helped) AS helped,
           bool_or(alone) AS alone, bool_or(together) AS together, bool_or(success) AS success,
           bool_or(a > 0) AS a, bool_or(j > 0) AS j, bool_or(t > 0) AS t,
           bool_or(going_on AND helped) AS going_on
      FROM seen LEFT JOIN (
        SELECT h.lead_id, h.partner_id FROM hub_project_holder h
          JOIN res_partner p ON p.id = h.partner_id WHERE p.is_company) h ON h.lead_id = seen.id
     WHERE dla GROUP BY 1
), project AS (
    SELECT count(*) FILTER (WHERE received) AS received, count(*) FILTER (WHERE helped) AS accompanied,
           count(*) FILTER (WHERE helped AND alone AND NOT together) AS only_individual,
           count(*) FILTER (WHERE helped AND together AND NOT alone) AS only_collective,
           count(*) FILTER (WHERE helped AND alone AND together) AS both_ways,
           count(*) FILTER (WHERE helped AND success) AS completed,
           count(*) FILTER (WHERE helped AND a > 0) AS with_activity, count(*) FILTER (WHERE helped AND j > 0) AS with_job,
           count(*) FILTER (WHERE helped AND t > 0) AS with_training,
           count(*) FILTER (WHERE helped AND (a > 0)::int + (j > 0)::int + (t > 0)::int > 1) AS several,
           count(*) FILTER (WHERE helped AND going_on) AS continuing,
           count(*) FILTER (WHERE helped AND going_on AND success) AS completed_continuing,
           count(*) FILTER (WHERE helped AND NOT going_on AND NOT success) AS other,
           count(*) FILTER (WHERE helped AND NOT active) AS archived,
           COALESCE(sum(a) FILTER (WHERE helped), 0) AS activities, COALESCE(sum(j) FILTER (WHERE helped), 0) AS jobs,
           COALESCE(sum(own) FILTER (WHERE helped), 0) AS jobs_own, COALESCE(sum(salaried) FILTER (WHERE helped), 0) AS jobs_salaried,
           COALESCE(sum(maintained) FILTER (WHERE helped), 0) AS jobs_maintained,
           COALESCE(sum(fte) FILTER (WHERE helped), 0) AS jobs_fte, COALESCE(sum(t) FILTER (WHERE helped), 0) AS trainings,
           COALESCE(sum(a) FILTER (WHERE NOT helped), 0) AS beside_activities,
           COALESCE(sum(j) FILTER (WHERE NOT helped), 0) AS beside_jobs,
           COALESCE(sum(t) FILTER (WHERE NOT helped), 0) AS beside_trainings
      FROM seen WHERE NOT dla
), unnamed AS (
    SELECT count(*) AS anonymous FROM seen WHERE received AND NOT dla
       AND NOT EXISTS (SELECT FROM hub_project_holder h WHERE h.lead_id = seen.id)
), people AS (
    SELECT count(*) FILTER (WHERE received) + (SELECT anonymous FROM unnamed) AS received,
           count(*) FILTER (WHERE helped) AS accompanied,
           count(*) FILTER (WHERE helped AND alone AND NOT together) AS only_individual,
           count(*) FILTER (WHERE helped AND together AND NOT alone) AS only_collective,
           count(*) FILTER (WHERE helped AND alone AND together) AS both_ways,
           count(*) FILTER (WHERE helped AND success) AS completed,
           count(*) FILTER (WHERE helped AND a) AS with_activity, count(*) FILTER (WHERE helped AND j) AS with_job,
           count(*) FILTER (WHERE helped AND t) AS with_training,
           count(*) FILTER (WHERE helped AND a::int + j::int + t::int > 1) AS several,
           count(*) FILTER (WHERE helped AND going_on) AS continuing,
           count(*) FILTER (WHERE helped AND going_on AND success) AS completed_continuing,
           count(*) FILTER (WHERE helped AND NOT going_on AND NOT success) AS other,
           (SELECT anonymous FROM unnamed) AS anonymous,
           (SELECT count(DISTINCT h.partner_id) FROM seen JOIN hub_project_holder h ON h.lead_id = seen.id
              JOIN res_partner p ON p.id = h.partner_id AND p.is_company
             WHERE seen.received AND NOT seen.dla) AS organisations
      FROM folk
), fresh AS (
    SELECT count(*) AS new FROM folk, year WHERE received AND NOT EXISTS (
        SELECT FROM hub_project_holder h JOIN lead ON lead.id = h.lead_id AND NOT lead.dla
         WHERE h.partner_id = folk.partner_id AND lead.hub_reception_date < first)
), bodies AS (
    SELECT count(*) FILTER (WHERE received) AS received, count(*) FILTER (WHERE helped) AS accompanied,
           count(*) FILTER (WHERE helped AND alone AND NOT together) AS only_individual,
           count(*) FILTER (WHERE helped AND together AND NOT alone) AS only_collective,
           count(*) FILTER (WHERE helped AND alone AND together) AS both_ways,
           count(*) FILTER (WHERE helped AND success) AS completed,
           count(*) FILTER (WHERE helped AND a) AS with_activity, count(*) FILTER (WHERE helped AND j) AS with_job,
           count(*) FILTER (WHERE helped AND t) AS with_training,
           count(*) FILTER (WHERE helped AND a::int + j::int + t::int > 1) AS several,
           count(*) FILTER (WHERE helped AND going_on) AS continuing,
           count(*) FILTER (WHERE helped AND going_on AND success) AS completed_continuing,
           count(*) FILTER (WHERE helped AND NOT going_on AND NOT success) AS other
      FROM body
)
SELECT to_json(project) AS project, to_json(people) AS person, to_json(bodies) AS structure, fresh.new
  FROM project, people, bodies, fresh
