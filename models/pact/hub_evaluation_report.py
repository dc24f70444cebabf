from odoo import fields, models
from odoo.tools import SQL

from ..project.crm_lead_file import PROJECT_KINDS
from .hub_indicator import DIMENSIONS, INDICATOR_KINDS


class HubEvaluationReport(models.Model):
    """Every figure that was agreed, with where its pact started: one row for each
    indicator of each agreed evaluation. For the team; what is published is the yearly
    aggregate, without small groups."""

    _name = "hub.evaluation.report"
    _description = "Figures of evaluations"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "indicator_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", readonly=True)
    evaluation_id = fields.Many2one("hub.evaluation", readonly=True)
    pact_id = fields.Many2one("hub.pact", string="Contract or pact", readonly=True)
    root_id = fields.Many2one("hub.pact", string="First text", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Project", readonly=True)
    subject = fields.Integer(
        readonly=True, aggregator=None, help="The project, or else the pact."
    )
    indicator_id = fields.Many2one("hub.indicator", readonly=True)
    dimension = fields.Selection(DIMENSIONS, readonly=True)
    kind = fields.Selection(INDICATOR_KINDS, readonly=True)
    project_kind = fields.Selection(
        PROJECT_KINDS, string="Kind of project", readonly=True
    )
    territory_id = fields.Many2one("hub.territory", readonly=True)
    date = fields.Date(readonly=True)
    year = fields.Integer(readonly=True, aggregator=None)
    figure = fields.Float(string="Agreed", readonly=True, aggregator="avg")
    start_figure = fields.Float(string="At the start", readonly=True, aggregator="avg")
    change = fields.Float(readonly=True, aggregator="avg")
    has_start = fields.Boolean(
        string="With a start",
        readonly=True,
        help="The contract says where it started, or there was an evaluation before.",
    )
    is_last = fields.Boolean(
        string="Last of the year",
        readonly=True,
        help="The last evaluation of this pact in the year.",
    )

    _depends = {
        "hub.evaluation.line": [
            "evaluation_id",
            "indicator_id",
            "term_id",
            "agreed_value",
            "agreed_figure",
            "company_id",
        ],
        "hub.evaluation": ["pact_id", "root_id", "date", "state", "active"],
        "hub.indicator": ["dimension", "kind"],
        "hub.pact.term": ["baseline_value", "baseline_figure"],
        "hub.pact": ["territory_id", "lead_ids"],
        "crm.lead": ["hub_kind", "hub_territory_id"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT value.*,
                   COALESCE(value.baseline, value.first_figure) AS start_figure,
                   value.figure - COALESCE(value.baseline, value.first_figure)
                   AS change,
                   value.baseline IS NOT NULL OR value.place > 1 AS has_start
              FROM (%s) value
            """,
            self._values_query(),
        )

    def _values_query(self):
        return SQL(
            """
            SELECT line.id, line.company_id, line.evaluation_id, evaluation.pact_id,
                   evaluation.root_id, lead.id AS lead_id,
                   COALESCE(lead.id, -evaluation.root_id) AS subject,
                   line.indicator_id, indicator.dimension, indicator.kind,
                   lead.hub_kind AS project_kind,
                   COALESCE(pact.territory_id, lead.hub_territory_id) AS territory_id,
                   evaluation.date, extract(year FROM evaluation.date)::int AS year,
                   line.agreed_figure AS figure,
                   first_value(CASE WHEN term.baseline_value != ''
                                    THEN term.baseline_figure END)
                   OVER series AS baseline,
                   first_value(line.agreed_figure) OVER series AS first_figure,
                   row_number() OVER series AS place,
                   row_number() OVER (
                       PARTITION BY evaluation.root_id, line.indicator_id,
                                    extract(year FROM evaluation.date)
                       ORDER BY evaluation.date DESC, evaluation.id DESC
                   ) = 1 AS is_last
              FROM hub_evaluation_line line
              JOIN hub_evaluation evaluation ON evaluation.id = line.evaluation_id
              JOIN hub_indicator indicator ON indicator.id = line.indicator_id
              JOIN hub_pact pact ON pact.id = evaluation.pact_id
              LEFT JOIN hub_pact_term term ON term.id = line.term_id
              LEFT JOIN LATERAL (
                       SELECT min(lead_id) AS lead_id FROM hub_pact_crm_lead_rel
                        WHERE pact_id = pact.id
                   ) project ON TRUE
              LEFT JOIN crm_lead lead ON lead.id = project.lead_id
             WHERE evaluation.state = 'agreed' AND evaluation.active
               AND line.agreed_value != '' AND indicator.kind != 'text'
            WINDOW series AS (
                       PARTITION BY evaluation.root_id, line.indicator_id
                       ORDER BY evaluation.date, evaluation.id
                   )
            """
        )
