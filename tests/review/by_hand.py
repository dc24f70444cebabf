"""Figures of a year in plain SQL, one query each, written from their definitions.

They share nothing with the queries of the addon: other joins, other order.
"""
# ruff: noqa: S608  constants put together, nothing from outside

from pathlib import Path

YEAR = Path(__file__).with_name("year_by_hand.sql").read_text()
IN_YEAR = """
extract(year FROM {} AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') = %(year)s"""
WITH_ROLE = """
SELECT r.partner_id, min(r.date_start) AS since, bool_or(p.is_company) AS body,
       min(p.hub_gender) AS gender
  FROM hub_role r JOIN res_partner p ON p.id = r.partner_id
 WHERE r.company_id = %(hub)s AND r.kind = '{}'
   AND daterange(r.date_start, r.date_end, '[]')
       && daterange(make_date(%(year)s, 1, 1), make_date(%(year)s, 12, 31), '[]')
 GROUP BY r.partner_id
"""
DONE = f"""
FROM hub_interview i
 WHERE i.company_id = %(hub)s AND i.state = 'done' AND {IN_YEAR.format("i.date_start")}
"""
HELD = f"""
FROM event_event e LEFT JOIN event_registration r
    ON r.event_id = e.id AND r.active AND r.hub_attendance = 'present'
 WHERE e.company_id = %(hub)s AND e.hub_format IS NOT NULL
   AND e.kanban_state != 'cancel' AND {IN_YEAR.format("e.date_begin")}
   AND e.date_end < now() AT TIME ZONE 'UTC'
 GROUP BY e.id
HAVING e.active OR count(r.id) + COALESCE(e.hub_unidentified, 0) > 0
"""
HOURS = """
FROM hub_volunteer_hours h
 WHERE h.company_id = %(hub)s AND h.state = 'validated' AND h.active
   AND extract(year FROM h.date) = %(year)s AND COALESCE(h.role_kind, '')
"""
IN_FORCE = """
SELECT count(*) FROM hub_pact p
 WHERE p.company_id = %(hub)s AND EXISTS (
       SELECT FROM generate_series(
           make_date(%(year)s, 1, 1), make_date(%(year)s, 12, 31), '1 day') day
        WHERE day::date BETWEEN p.date_start AND p.date_end AND day >= p.in_force_from
          AND (p.closed_on IS NULL OR day < p.closed_on))
   AND p.form
"""
BOOK = """
SELECT COALESCE(sum(f.amount), 0) FROM hub_fund_line f
 WHERE f.company_id = %(hub)s AND extract(year FROM f.date) = %(year)s AND f.kind =
"""


def who(kind, condition="TRUE"):
    return (
        f"SELECT count(*) FROM ({WITH_ROLE.format(kind)}) held"
        f" WHERE NOT COALESCE(body, FALSE) AND {condition}"
    )


NETWORK = {
    "volunteers": who("volunteer"),
    "once_accompanied": who(
        "volunteer",
        "held.partner_id IN (SELECT b.partner_id FROM hub_role b"
        " WHERE b.kind = 'holder' AND b.company_id = %(hub)s"
        " AND b.date_start < held.since)",
    ),
    "volunteer_women": who("volunteer", "gender = 'female'"),
    "volunteer_men": who("volunteer", "gender = 'male'"),
    "holders": who("holder"),
    "holder_women": who("holder", "gender = 'female'"),
    "holder_men": who("holder", "gender = 'male'"),
    "funders": f"SELECT count(*) FROM ({WITH_ROLE.format('funder')}) held",
    "institutions": f"SELECT count(*) FROM ({WITH_ROLE.format('institution')}) held",
    "interviews": f"SELECT count(*) {DONE}",
    "interview_hours": f"SELECT COALESCE(sum(i.duration), 0) {DONE}",
    "moments": f"SELECT count(*) FROM (SELECT e.id {HELD}) held",
    "attendances": (
        "SELECT COALESCE(sum(number), 0) FROM (SELECT count(r.id)"
        f" + COALESCE(e.hub_unidentified, 0) AS number {HELD}) held"
    ),
    "hours_given": f"SELECT COALESCE(sum(h.hours), 0) {HOURS} != 'employee'",
    "givers": f"SELECT count(DISTINCT h.partner_id) {HOURS} != 'employee'",
    "hours_paid": f"SELECT COALESCE(sum(h.hours), 0) {HOURS} = 'employee'",
    "contracts": f"{IN_FORCE} = 'accompaniment_contract'",
    "pacts": f"{IN_FORCE} != 'accompaniment_contract'",
    "money_received": f"{BOOK} 'received'",
    "money_returned": f"{BOOK} 'returned'",
    "cooperations": """
        SELECT count(*) FROM hub_cooperation c
         WHERE c.company_id = %(hub)s AND c.date_start IS NOT NULL
           AND extract(year FROM c.date_start) <= %(year)s
           AND (c.date_end IS NULL OR extract(year FROM c.date_end) >= %(year)s)
        """,
}


def count(env, hub, year):
    """Every figure of a year but survival, which counts by itself: ``{code: n}``."""
    asked = {"hub": hub.id, "year": year, "times": hub.hub_collective_times}
    env.cr.execute(YEAR, asked)
    row = env.cr.dictfetchone()
    found = {"person.new": row["new"]}
    for series in ("person", "project", "structure"):
        found |= {f"{series}.{name}": number for name, number in row[series].items()}
    for name, query in NETWORK.items():
        env.cr.execute(query, asked)
        found[f"network.{name}"] = env.cr.fetchone()[0]
    return found


ACCOMPANIED = """
SELECT lead.id FROM crm_lead lead
 WHERE lead.is_hub_project AND lead.company_id = %(hub)s
   AND COALESCE(lead.hub_entry, '') != 'dla'
   AND lead.id IN (
       SELECT i.lead_id FROM hub_interview i
        WHERE i.state = 'done' AND i.kind != 'reception'
          AND extract(year FROM i.date_start AT TIME ZONE 'UTC'
                      AT TIME ZONE 'Europe/Paris') = %(year)s)
"""
SUCCESS = """
SELECT o.lead_id FROM hub_outcome o
 WHERE o.kind = ANY (%(kinds)s) AND o.quantity > 0
   AND extract(year FROM o.date) = %(year)s
"""
ALL = "ARRAY['activity_created', 'job', 'training']"
PEOPLE = """
SELECT count(DISTINCT h.partner_id) FROM hub_project_holder h, res_partner p
 WHERE p.id = h.partner_id AND NOT COALESCE(p.is_company, FALSE)
"""
LAST_PHASE = """
(SELECT s.phase FROM hub_path_step s
  WHERE s.lead_id = {lead} AND s.date_start <= make_date(%(year)s, 12, 31)
  ORDER BY s.date_start DESC, s.id DESC LIMIT 1)
"""


def led_to(kinds):
    return SUCCESS.replace("%(kinds)s", kinds)


def persons(condition):
    return f"{PEOPLE} AND h.lead_id IN ({condition})"


def persons_with(kind):
    return (
        f"{PEOPLE} AND h.partner_id IN (SELECT x.partner_id FROM hub_project_holder x"
        f" WHERE x.lead_id IN ({ACCOMPANIED})) AND h.lead_id IN ({ACCOMPANIED})"
        f" AND h.lead_id IN ({led_to(f'ARRAY[{kind!r}]')})"
    )


def summed(kind):
    return (
        "SELECT COALESCE(sum(o.quantity), 0) FROM hub_outcome o"
        f" WHERE o.kind = '{kind}' AND extract(year FROM o.date) = %(year)s"
        f" AND o.lead_id IN ({ACCOMPANIED})"
    )


OPEN = f"{LAST_PHASE.format(lead='h.lead_id')} != 'closed'"
NOT_CLOSED = (
    f"SELECT h.partner_id FROM hub_project_holder h WHERE h.lead_id IN ({ACCOMPANIED})"
    f" AND {OPEN}"
)
SUCCEEDED = (
    f"SELECT h.partner_id FROM hub_project_holder h WHERE h.lead_id IN ({ACCOMPANIED})"
    f" AND h.lead_id IN ({led_to(ALL)})"
)
RECEIVED = """
SELECT (SELECT count(DISTINCT h.partner_id)
          FROM crm_lead l JOIN hub_project_holder h ON h.lead_id = l.id
          JOIN res_partner p ON p.id = h.partner_id
         WHERE NOT COALESCE(p.is_company, FALSE) AND {of_year})
     + (SELECT count(*) FROM crm_lead l
         WHERE {of_year}
           AND NOT EXISTS (SELECT FROM hub_project_holder h WHERE h.lead_id = l.id))
""".format(
    of_year="""l.company_id = %(hub)s AND l.is_hub_project
           AND COALESCE(l.hub_entry, '') != 'dla'
           AND extract(year FROM l.hub_reception_date) = %(year)s"""
)
QUERIES = {
    "person.received": RECEIVED,
    "person.accompanied": persons(ACCOMPANIED),
    "person.with_activity": persons_with("activity_created"),
    "person.with_job": persons_with("job"),
    "person.with_training": persons_with("training"),
    "person.continuing": f"{persons(ACCOMPANIED)} AND {OPEN}",
    "person.other": (
        f"{persons(ACCOMPANIED)} AND h.partner_id NOT IN ({NOT_CLOSED})"
        f" AND h.partner_id NOT IN ({SUCCEEDED})"
    ),
    "project.accompanied": f"SELECT count(*) FROM ({ACCOMPANIED}) a",
    "project.completed": (
        f"SELECT count(*) FROM ({ACCOMPANIED}) a WHERE a.id IN ({led_to(ALL)})"
    ),
    "project.activities": summed("activity_created"),
    "project.jobs": summed("job"),
    "project.trainings": summed("training"),
    "project.continuing": (
        f"SELECT count(*) FROM ({ACCOMPANIED}) a"
        f" WHERE {LAST_PHASE.format(lead='a.id')} != 'closed'"
    ),
}
