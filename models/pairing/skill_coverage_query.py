"""What ``hub.skill.coverage`` and its neighbours read, as SQL.

One description of who offers what and which project lacks what: the numbers and the
lists behind them come from the same parts, so that they always agree.
"""

from odoo import fields
from odoo.tools import SQL

from ..people.hub_role import ACCOMPANYING_KINDS
from .hub_pairing import FOLLOWED_STATES, OPEN_STATES

PHASES_OF_NEED = ("reception", "diagnosis", "accompaniment", "launch", "follow_up")
LACKING = ("missing", "waiting")

# Each part is read once (MATERIALIZED): without figures about tables that have just
# grown, PostgreSQL would otherwise read one again for every row of another.

# Who may accompany today, how many places they hold, and what they master: whoever
# masters a finer skill has the wider one (as the search for pairs has it).
PEOPLE = """
people AS MATERIALIZED (
    SELECT role.company_id, role.partner_id, bool_and(role.paused) AS away,
           COALESCE(max(role.capacity) FILTER (WHERE NOT role.paused), 0) AS capacity
      FROM (SELECT hub_role.*,
                   COALESCE(pause_from <= %(today)s
                            AND (pause_to IS NULL OR pause_to >= %(today)s), FALSE)
                   AS paused
              FROM hub_role) role
      JOIN res_partner person ON person.id = role.partner_id AND person.active
     WHERE role.kind IN %(kinds)s
       AND role.date_start <= %(today)s
       AND (role.date_end IS NULL OR role.date_end >= %(today)s)
  GROUP BY role.company_id, role.partner_id
), places AS MATERIALIZED (
    SELECT company_id, volunteer_id AS partner_id,
           count(*) FILTER (WHERE role = 'pair') AS taken,
           count(*) FILTER (WHERE role = 'pair' AND state IN %(followed)s) AS followed,
           count(*) FILTER (WHERE role != 'pair') AS besides
      FROM hub_pairing
     WHERE state IN %(open)s
  GROUP BY company_id, volunteer_id
), reached AS MATERIALIZED (
    SELECT own.company_id, own.partner_id, wider.id AS skill_id,
           max(own.level) AS level
      FROM hub_partner_skill own
      JOIN hub_skill finer ON finer.id = own.skill_id
      JOIN hub_skill wider ON finer.parent_path LIKE wider.parent_path || '%%'
  GROUP BY own.company_id, own.partner_id, wider.id
), offers AS MATERIALIZED (
    SELECT reached.company_id, reached.partner_id, reached.skill_id, reached.level,
           people.away,
           GREATEST(0, people.capacity - COALESCE(places.taken, 0)) AS places_free
      FROM reached
      JOIN people USING (company_id, partner_id)
 LEFT JOIN places USING (company_id, partner_id)
)"""

# Each skill listed by each open project, and who beside the project has it.
NEEDS = """
beside AS MATERIALIZED (
    SELECT lead.company_id, need.skill_id, need.lead_id, need.level, need.weight,
           COALESCE(need.mandatory, FALSE) AS mandatory,
           count(pairing.id) FILTER (WHERE pairing.role = 'pair') AS places_taken,
           max(reached.level) FILTER (
               WHERE pairing.role = 'pair' AND pairing.state IN %(followed)s
           ) AS level_agreed,
           max(reached.level) FILTER (WHERE pairing.role = 'pair') AS level_asked,
           max(reached.level) FILTER (WHERE pairing.role = 'expert') AS level_expert
      FROM hub_project_skill need
      JOIN crm_lead lead ON lead.id = need.lead_id
      JOIN crm_stage stage ON stage.id = lead.stage_id
 LEFT JOIN hub_pairing pairing
        ON pairing.lead_id = lead.id AND pairing.state IN %(open)s
 LEFT JOIN res_partner person ON person.id = pairing.volunteer_id AND person.active
 LEFT JOIN reached
        ON reached.partner_id = person.id AND reached.skill_id = need.skill_id
       AND reached.company_id = lead.company_id
     WHERE lead.is_hub_project AND lead.active AND stage.hub_phase IN %(phases)s
  GROUP BY need.id, lead.company_id
), needs AS MATERIALIZED (
    SELECT company_id, skill_id, lead_id, level, weight, mandatory,
           CASE WHEN level_agreed >= level THEN 'covered'
                WHEN level_asked >= level THEN 'asked'
                WHEN level_expert >= level THEN 'expert'
                WHEN places_taken >= 2 THEN 'missing'
                ELSE 'waiting' END AS status
      FROM beside
), needed AS MATERIALIZED (
    SELECT company_id, skill_id, count(*) AS need_count, sum(weight) AS need_weight,
           count(*) FILTER (WHERE mandatory) AS mandatory_count,
           count(*) FILTER (WHERE status = 'covered') AS covered_count,
           count(*) FILTER (WHERE status = 'asked') AS asked_count,
           count(*) FILTER (WHERE status = 'expert') AS expert_count,
           count(*) FILTER (WHERE status = 'missing') AS missing_count,
           count(*) FILTER (WHERE status = 'waiting') AS waiting_count,
           count(*) FILTER (WHERE status IN %(lacking)s) AS lacking_count,
           count(*) FILTER (WHERE status IN %(lacking)s AND mandatory)
               AS lacking_mandatory_count,
           count(*) FILTER (WHERE status IN %(lacking)s AND level >= 2) AS lacking_2,
           count(*) FILTER (WHERE status IN %(lacking)s AND level >= 3) AS lacking_3,
           max(level) FILTER (WHERE status IN %(lacking)s) AS lacking_level
      FROM needs
  GROUP BY company_id, skill_id
), served AS MATERIALIZED (
    SELECT needed.company_id, finer.id AS skill_id
      FROM needed
      JOIN hub_skill wider ON wider.id = needed.skill_id
      JOIN hub_skill finer ON finer.parent_path LIKE wider.parent_path || '%%'
  GROUP BY needed.company_id, finer.id
)"""

# One row per hub and skill. The gap: even if every free place went to these projects,
# so many would find nobody at the level they want; experts may also take the place of
# a practising person, so the worst of the three levels is the answer.
MEASURED = """
booked AS MATERIALIZED (
    SELECT DISTINCT COALESCE(seat.hub_partner_id, seat.partner_id) AS partner_id
      FROM event_registration seat
      JOIN event_event event ON event.id = seat.event_id
     WHERE event.hub_format = 'training' AND event.date_end >= %(now)s
       AND event.kanban_state != 'cancel'
       AND seat.state = 'open' AND seat.active
), offered AS MATERIALIZED (
    SELECT offers.company_id, offers.skill_id,
           count(*) FILTER (WHERE level >= 2 AND NOT away) AS person_count,
           count(*) FILTER (WHERE level >= 2 AND NOT away AND places_free > 0)
               AS free_person_count,
           count(*) FILTER (WHERE level >= 2 AND away) AS away_count,
           min(offers.partner_id) FILTER (WHERE level >= 2 AND NOT away) AS one_person,
           count(*) FILTER (WHERE level = 1 AND NOT away) AS learner_count,
           count(booked.partner_id) FILTER (WHERE level = 1 AND NOT away)
               AS learner_booked_count,
           sum(places_free)::integer AS free_1,
           COALESCE(sum(places_free) FILTER (WHERE level >= 2), 0)::integer AS free_2,
           COALESCE(sum(places_free) FILTER (WHERE level >= 3), 0)::integer AS free_3
      FROM offers
 LEFT JOIN booked ON booked.partner_id = offers.partner_id
  GROUP BY offers.company_id, offers.skill_id
), measured AS MATERIALIZED (
    SELECT company.id AS company_id, skill.id AS skill_id, skill.parent_id,
           needed.need_count, needed.need_weight, needed.mandatory_count,
           needed.covered_count, needed.asked_count, needed.expert_count,
           needed.missing_count, needed.waiting_count, needed.lacking_count,
           needed.lacking_mandatory_count, needed.lacking_level,
           offered.person_count, offered.free_person_count, offered.away_count,
           offered.learner_count, offered.learner_booked_count,
           offered.free_2 AS free_place_count,
           CASE WHEN offered.person_count = 1 THEN offered.one_person END
               AS sole_partner_id,
           served.skill_id IS NOT NULL AS is_served,
           GREATEST(0,
               COALESCE(needed.lacking_count, 0) - COALESCE(offered.free_1, 0),
               COALESCE(needed.lacking_2, 0) - COALESCE(offered.free_2, 0),
               COALESCE(needed.lacking_3, 0) - COALESCE(offered.free_3, 0)) AS gap
      FROM res_company company
CROSS JOIN hub_skill skill
 LEFT JOIN needed ON needed.company_id = company.id AND needed.skill_id = skill.id
 LEFT JOIN offered ON offered.company_id = company.id AND offered.skill_id = skill.id
 LEFT JOIN served ON served.company_id = company.id AND served.skill_id = skill.id
     WHERE company.hub_active
       AND (skill.active OR needed.need_count > 0 OR offered.person_count > 0)
), short AS MATERIALIZED (
    SELECT company_id, skill_id, parent_id,
           CASE WHEN gap > 0 THEN lacking_level ELSE 2 END AS wanted
      FROM measured
     WHERE gap > 0 OR need_count > 0 AND COALESCE(person_count, 0) <= 1
), trainees AS MATERIALIZED (
    SELECT short.company_id, short.skill_id, offers.partner_id
      FROM short
      JOIN offers ON offers.company_id = short.company_id
       AND offers.skill_id = short.skill_id
     WHERE NOT offers.away AND offers.level < short.wanted
 UNION ALL
    SELECT short.company_id, short.skill_id, wider.partner_id
      FROM short
      JOIN offers wider ON wider.company_id = short.company_id
       AND wider.skill_id = short.parent_id
     WHERE wider.level >= 2 AND wider.places_free > 0 AND short.wanted <= 2
       AND NOT EXISTS (
               SELECT FROM offers own
                WHERE own.company_id = short.company_id
                  AND own.skill_id = short.skill_id
                  AND own.partner_id = wider.partner_id)
)"""

# What must be written to the database before any of this is read.
DEPENDS = {
    "hub.role": [
        "company_id",
        "partner_id",
        "kind",
        "capacity",
        "date_start",
        "date_end",
        "pause_from",
        "pause_to",
    ],
    "hub.pairing": ["company_id", "lead_id", "volunteer_id", "role", "state"],
    "hub.partner.skill": ["company_id", "partner_id", "skill_id", "level"],
    "hub.skill": ["parent_id", "parent_path", "active"],
    "hub.project.skill": ["lead_id", "skill_id", "level", "weight", "mandatory"],
    "crm.lead": ["company_id", "stage_id", "active", "is_hub_project"],
    "crm.stage": ["hub_phase"],
    "res.partner": ["active"],
    "res.company": ["hub_active"],
    "event.event": ["hub_format", "date_end", "kanban_state"],
    "event.registration": [
        "event_id",
        "partner_id",
        "hub_partner_id",
        "state",
        "active",
    ],
}


def read_parts(env, select):
    """A query over the parts above, as they are today.

    :param select: the text that reads from the parts
    """
    return SQL(
        f"WITH {PEOPLE}, {NEEDS}, {MEASURED} {select}",
        to_flush=[
            env[model]._fields[name]
            for model, names in DEPENDS.items()
            for name in names
        ],
        today=fields.Date.context_today(env["hub.role"]),
        now=fields.Datetime.now(),
        kinds=ACCOMPANYING_KINDS,
        open=OPEN_STATES,
        followed=FOLLOWED_STATES,
        phases=PHASES_OF_NEED,
        lacking=LACKING,
    )
