"""What ``hub.survival`` and its neighbour read, as SQL.

One description of what is known of each activity at each moment: the numbers and the
lists behind them come from the same parts, so that they always agree.
"""

from odoo import fields
from odoo.tools import SQL

from .hub_follow_up import ALIVE, MONTHS

# One row for each activity (an outcome may count several) and each moment.
PARTS = """
WITH created AS (
    SELECT outcome.*, extract(year FROM outcome.date)::int::text AS year,
           row_number() OVER (
               PARTITION BY outcome.lead_id ORDER BY outcome.date, outcome.id
           ) AS rank
      FROM hub_outcome outcome
     WHERE outcome.kind = 'activity_created' AND outcome.quantity > 0 AND %(only)s
), then_jobs AS (
    SELECT lead_id, sum(quantity) AS jobs
      FROM hub_outcome
     WHERE kind = 'job'
  GROUP BY lead_id
), answers AS (
    SELECT created.id AS outcome_id, moments.moment, follow_up.jobs,
           follow_up.alive_quantity,
           CASE
               WHEN follow_up.done_on IS NOT NULL AND follow_up.alive = 'stopped'
                    AND follow_up.stopped_on > follow_up.planned_on THEN 'active'
               WHEN follow_up.done_on IS NOT NULL THEN follow_up.alive
               WHEN created.date + make_interval(months => moments.months) > %(today)s
                    THEN 'not_due'
               WHEN follow_up.is_closed THEN 'stopped'
               ELSE 'not_asked'
           END AS finding
      FROM created
     CROSS JOIN (VALUES %(moments)s) AS moments (moment, months)
      LEFT JOIN hub_follow_up follow_up
        ON follow_up.outcome_id = created.id AND follow_up.moment = moments.moment
), units AS (
    SELECT created.id::bigint * 1000 + unit.n AS id, created.id AS outcome_id,
           created.company_id, created.lead_id, created.date, created.year, unit.n,
           CASE WHEN created.rank = 1 AND unit.n = 1
                THEN COALESCE(then_jobs.jobs, 0) ELSE 0 END AS jobs_then
      FROM created
     CROSS JOIN LATERAL generate_series(1, LEAST(created.quantity, 999)) AS unit (n)
      LEFT JOIN then_jobs ON then_jobs.lead_id = created.lead_id
), found AS (
    SELECT units.*, answers.moment,
           CASE WHEN answers.finding IN %(alive)s AND answers.alive_quantity > 0
                     AND units.n > answers.alive_quantity THEN 'stopped'
                ELSE answers.finding END AS finding,
           CASE WHEN units.n = 1 THEN COALESCE(answers.jobs, 0) ELSE 0 END AS jobs_now
      FROM units
      JOIN answers ON answers.outcome_id = units.outcome_id
)
"""
DEPENDS = {
    "hub.outcome": ["lead_id", "company_id", "kind", "date", "quantity"],
    "hub.follow.up": [
        "outcome_id",
        "moment",
        "planned_on",
        "is_closed",
        "done_on",
        "alive",
        "stopped_on",
        "alive_quantity",
        "jobs",
    ],
}


def read_parts(env, select, only=None, **values):
    """A query over the parts above, as things stand today.

    :param select: the text that reads from the parts, with its own ``values``
    :param only: a condition on ``outcome``; all activities without it
    """
    return SQL(
        PARTS + select,
        only=only or SQL("TRUE"),
        today=fields.Date.context_today(env["hub.follow.up"]),
        moments=SQL(", ").join(SQL("(%s, %s)", *pair) for pair in MONTHS.items()),
        alive=ALIVE,
        **values,
    )
