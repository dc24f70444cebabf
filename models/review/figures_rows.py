"""One row for each project, and for each person, and period: what pivots, lists and
breakdowns read.

A person with several projects is shown with the one received last. What is read of a
person survives when the name is taken away: see ``hub.project.holder``.

The rows are put together first, whatever is asked of them then (``OFFSET 0``): the
planner would take the few that a filter leaves for the few that there are, and read
everything again for each of them.
"""

from . import figures_query as query

# Zone labels that held where the project is, on the day of its reception; who sent it.
PLACES = """
within AS (
    SELECT commune.id AS territory_id,
           unnest(ARRAY[commune.id, two.id, three.id, four.id]) AS wider_id
      FROM hub_territory commune
 LEFT JOIN hub_territory two ON two.id = commune.parent_id
 LEFT JOIN hub_territory three ON three.id = two.parent_id
 LEFT JOIN hub_territory four ON four.id = three.parent_id
), zoned AS MATERIALIZED (
    SELECT path.lead_id,
           string_agg(DISTINCT zone.name, ' + ' ORDER BY zone.name) AS zone
      FROM path
      JOIN crm_lead lead ON lead.id = path.lead_id
      JOIN within ON within.territory_id = lead.hub_territory_id
      JOIN hub_territory_zone zone ON zone.territory_id = within.wider_id
       AND COALESCE(zone.date_start, '-infinity') <= lead.hub_reception_date
       AND COALESCE(zone.date_end, 'infinity') >= lead.hub_reception_date
  GROUP BY path.lead_id
), first AS (
    SELECT holder.partner_id, holder.company_id, min(lead.hub_reception_date) AS day
      FROM hub_project_holder holder
      JOIN crm_lead lead ON lead.id = holder.lead_id
     WHERE lead.is_hub_project AND lead.hub_entry IS DISTINCT FROM 'dla'
  GROUP BY holder.partner_id, holder.company_id
), institution AS (
    SELECT DISTINCT ON (partner_id, company_id) partner_id, company_id, institution_kind
      FROM hub_role
     WHERE kind = 'institution'
  ORDER BY partner_id, company_id, date_start DESC, id DESC
), described AS MATERIALIZED (
    SELECT lead.id AS lead_id, lead.hub_kind AS kind, lead.hub_entry AS entry,
           lead.hub_public AS public, lead.hub_legal_form AS legal_form,
           NULLIF(btrim(lead.hub_place), '') AS place, lead.user_id,
           lead.hub_activity_id AS activity_id,
           split_part(activity.parent_path, '/', 1)::int AS industry_id,
           lead.hub_territory_id AS territory_id,
           CASE WHEN territory.kind = 'commune'
                THEN COALESCE(territory.parent_id, territory.id)
                ELSE territory.id END AS area_id,
           zoned.zone, lead.hub_prescriber_id AS prescriber_id,
           CASE WHEN lead.hub_prescriber_id IS NULL THEN NULL
                ELSE COALESCE(own.institution_kind, theirs.institution_kind,
                    CASE WHEN sender.is_company THEN 'organisation' ELSE 'person' END)
                END AS referral
      FROM (SELECT DISTINCT lead_id FROM path) found
      JOIN crm_lead lead ON lead.id = found.lead_id
 LEFT JOIN hub_activity activity ON activity.id = lead.hub_activity_id
 LEFT JOIN hub_territory territory ON territory.id = lead.hub_territory_id
 LEFT JOIN zoned ON zoned.lead_id = lead.id
 LEFT JOIN res_partner sender ON sender.id = lead.hub_prescriber_id
 LEFT JOIN institution own
        ON own.partner_id = sender.id AND own.company_id = lead.company_id
 LEFT JOIN institution theirs
        ON theirs.partner_id = sender.commercial_partner_id
       AND theirs.company_id = lead.company_id
)"""
# Where the path stands at the end of the period, one value each.
STANDING = """
CASE WHEN NOT accompanied THEN NULL
     WHEN with_activity::int + with_job::int + with_training::int > 1 THEN 'several'
     WHEN with_activity THEN 'activity_created'
     WHEN with_job THEN 'job'
     WHEN with_training THEN 'training'
     WHEN is_open THEN 'continuing'
     ELSE COALESCE(exit_kind, 'unknown') END AS result,
CASE WHEN NOT accompanied THEN NULL
     WHEN individually AND collectively THEN 'both'
     WHEN individually THEN 'individual' ELSE 'collective' END AS manner,
received::int AS received, accompanied::int AS accompanied,
(accompanied AND (with_activity OR with_job OR with_training))::int AS completed,
(accompanied AND with_activity)::int AS with_activity,
(accompanied AND with_job)::int AS with_job,
(accompanied AND with_training)::int AS with_training,
(accompanied AND is_open)::int AS continuing,
(accompanied AND NOT is_open
    AND NOT (with_activity OR with_job OR with_training))::int AS other"""
PROJECT_ROWS = """
SELECT path.lead_id::bigint * 10000 + path.year AS id, path.lead_id, path.company_id,
       path.year::text AS year, is_dla, is_archived, phase,
       %(standing)s,
       (received AND NOT EXISTS (SELECT FROM hub_project_holder holder
                                  WHERE holder.lead_id = path.lead_id))::int
           AS anonymous,
       activities, jobs, jobs_own, jobs_salaried, jobs_maintained, jobs_fte, trainings,
       described.kind, described.entry, described.public, described.legal_form,
       described.place, described.user_id, described.activity_id,
       described.industry_id, described.territory_id, described.area_id,
       described.zone, described.prescriber_id, described.referral
  FROM path
  JOIN described ON described.lead_id = path.lead_id
 WHERE received OR accompanied OR path.ways & %(outcome)s != 0
OFFSET 0"""
PERSON_ROWS = """
SELECT person.partner_id::bigint * 1000000000 + person.company_id * 10000
           + person.year AS id,
       person.partner_id, person.company_id, person.year::text AS year,
       person.shown_by[1] AS lead_id, exit_kind,
       %(standing)s,
       (person.received AND extract(year FROM first.day) = person.year)::int AS is_new,
       COALESCE(partner.hub_gender, holder.kept_gender) AS gender,
       CASE WHEN COALESCE(partner.hub_birth_year, 0) = 0 THEN holder.kept_age_band
            ELSE %(age_band)s END AS age_band,
       entry.status, entry.education, entry.zone AS residence_zone,
       described.kind, described.entry, described.public, described.legal_form,
       described.place, described.user_id, described.activity_id,
       described.industry_id, described.territory_id, described.area_id,
       described.zone, described.prescriber_id, described.referral
  FROM person
  JOIN res_partner partner ON partner.id = person.partner_id
  JOIN hub_project_holder holder ON holder.id = person.shown_by[2]
  JOIN crm_lead lead ON lead.id = person.shown_by[1]
  JOIN described ON described.lead_id = lead.id
 LEFT JOIN first ON first.partner_id = person.partner_id
       AND first.company_id = person.company_id
 LEFT JOIN hub_situation entry ON entry.holder_id = holder.id AND entry.moment = 'entry'
 LEFT JOIN (SELECT id, kind AS exit_kind FROM hub_outcome) last_word
        ON last_word.id = person.exit_key[2]
OFFSET 0"""
PARTS = (*query.PARTS, PLACES)
