from odoo import fields, models
from odoo.tools import SQL

from ..people.hub_role import ROLE_KINDS

# Persons with a role in a year; whoever had been a project holder before the role
# began was accompanied once.
QUERY = """
WITH held AS (
    SELECT role.partner_id, role.company_id, role.kind, year,
           min(role.date_start) AS since
      FROM hub_role role
      JOIN res_partner partner
        ON partner.id = role.partner_id AND partner.is_company IS NOT TRUE
     CROSS JOIN LATERAL generate_series(
           extract(year FROM role.date_start)::int,
           extract(year FROM LEAST(COALESCE(role.date_end, %(today)s), %(today)s))::int
           ) AS year
  GROUP BY role.partner_id, role.company_id, role.kind, year
)
SELECT ((held.partner_id::bigint * 100000 + held.company_id) * 10
           + array_position(%(kinds)s::varchar[], held.kind)) * 10000 + year AS id,
       held.partner_id, held.company_id, held.kind, held.year::text AS year,
       1 AS person_count, partner.hub_gender AS gender, held.since,
       partner.hub_occupation AS occupation,
       CASE WHEN held.kind = 'holder' THEN 0
            ELSE (before.since < held.since)::int END AS once_accompanied
  FROM held
  JOIN res_partner partner ON partner.id = held.partner_id
  LEFT JOIN (
        SELECT partner_id, company_id, min(date_start) AS since
          FROM hub_role
         WHERE kind = 'holder'
      GROUP BY partner_id, company_id
      ) before
    ON before.partner_id = held.partner_id AND before.company_id = held.company_id"""


class HubNetworkReport(models.Model):
    """A person with a role in a year: the networks of the hub, women and men, and the
    paths of people (volunteers who were accompanied before)."""

    _name = "hub.network.report"
    _description = "People of the networks by year"
    _auto = False
    _check_company_auto = True
    _rec_name = "partner_id"
    _order = "year desc, kind, id"
    _depends = {
        "hub.role": ["company_id", "date_end", "date_start", "kind", "partner_id"],
        "res.partner": ["hub_gender", "hub_occupation", "is_company"],
    }

    company_id = fields.Many2one("res.company", string="Hub", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    kind = fields.Selection(ROLE_KINDS, string="Role", readonly=True)
    year = fields.Char(readonly=True)
    since = fields.Date(string="In this role since", readonly=True)
    gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")], readonly=True
    )
    occupation = fields.Char(readonly=True)
    person_count = fields.Integer(string="Persons", readonly=True)
    once_accompanied = fields.Integer(
        string="Accompanied before",
        readonly=True,
        help="Project holders of this hub before they took this role.",
    )

    @property
    def _table_query(self):
        return SQL(
            QUERY,
            today=fields.Date.context_today(self),
            kinds=[kind for kind, _label in ROLE_KINDS],
        )
