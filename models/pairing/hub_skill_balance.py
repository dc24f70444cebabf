from odoo import fields, models

from . import skill_coverage_query as query

# Two bars beside each other for each skill.
BALANCE = """
SELECT (measured.company_id::bigint * 10000000 + measured.skill_id) * 4 + bar.rank
           AS id,
       measured.company_id, measured.skill_id, bar.side, bar.number
  FROM measured
CROSS JOIN LATERAL (VALUES
    (0, 'needed', COALESCE(need_count, 0)),
    (1, 'offered', COALESCE(person_count, 0)),
    (2, 'lacking', COALESCE(lacking_count, 0)),
    (3, 'free', COALESCE(free_place_count, 0))) AS bar (rank, side, number)
 WHERE bar.number > 0"""


class HubSkillBalance(models.Model):
    """The bars of the chart: what is needed beside what is offered, skill by skill."""

    _name = "hub.skill.balance"
    _description = "Skills needed against offered"
    _auto = False
    _check_company_auto = True
    _order = "number desc, id"
    _rec_name = "skill_id"

    company_id = fields.Many2one("res.company", readonly=True)
    skill_id = fields.Many2one("hub.skill", readonly=True)
    side = fields.Selection(
        [
            ("needed", "Projects that need it"),
            ("offered", "People who offer it"),
            ("lacking", "Projects that lack it"),
            ("free", "Free places"),
        ],
        string="What is counted",
        readonly=True,
    )
    number = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return query.read_parts(self.env, BALANCE)
