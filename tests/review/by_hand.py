"""Figures of a year in plain SQL, one query each, written from their definitions.

They share nothing with the queries of the addon: other joins, other order.
"""
# ruff: noqa: S608  constants put together, nothing from outside

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
