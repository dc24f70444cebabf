"""The totals of a period in one statement: people, projects and structures apart."""

from odoo.tools import SQL

from .figures_read import read_paths

# The same for each of the three series; an outcome and a path that goes on, or two
# outcomes, overlap: each overlap has its own line.
COUNTS = """
count(*) FILTER (WHERE received) AS received,
count(*) FILTER (WHERE accompanied) AS accompanied,
count(*) FILTER (WHERE accompanied AND individually AND NOT collectively)
    AS only_individual,
count(*) FILTER (WHERE accompanied AND collectively AND NOT individually)
    AS only_collective,
count(*) FILTER (WHERE accompanied AND individually AND collectively) AS both_ways,
count(*) FILTER (WHERE accompanied AND (with_activity OR with_job OR with_training))
    AS completed,
count(*) FILTER (WHERE accompanied AND with_activity) AS with_activity,
count(*) FILTER (WHERE accompanied AND with_job) AS with_job,
count(*) FILTER (WHERE accompanied AND with_training) AS with_training,
count(*) FILTER (
    WHERE accompanied AND with_activity::int + with_job::int + with_training::int > 1)
    AS several,
count(*) FILTER (WHERE accompanied AND is_open) AS continuing,
count(*) FILTER (
    WHERE accompanied AND is_open AND (with_activity OR with_job OR with_training))
    AS completed_continuing,
count(*) FILTER (
    WHERE accompanied AND NOT is_open
      AND NOT (with_activity OR with_job OR with_training)) AS other"""
SUMS = """
count(*) FILTER (WHERE accompanied AND is_archived) AS archived,
COALESCE(sum(activities) FILTER (WHERE accompanied), 0) AS activities,
COALESCE(sum(jobs) FILTER (WHERE accompanied), 0) AS jobs,
COALESCE(sum(jobs_own) FILTER (WHERE accompanied), 0) AS jobs_own,
COALESCE(sum(jobs_salaried) FILTER (WHERE accompanied), 0) AS jobs_salaried,
COALESCE(sum(jobs_maintained) FILTER (WHERE accompanied), 0) AS jobs_maintained,
COALESCE(sum(jobs_fte) FILTER (WHERE accompanied), 0) AS jobs_fte,
COALESCE(sum(trainings) FILTER (WHERE accompanied), 0) AS trainings,
COALESCE(sum(activities) FILTER (WHERE NOT accompanied), 0) AS beside_activities,
COALESCE(sum(jobs) FILTER (WHERE NOT accompanied), 0) AS beside_jobs,
COALESCE(sum(trainings) FILTER (WHERE NOT accompanied), 0) AS beside_trainings"""
# Receptions: who had none before, who gave no name, which were of organisations.
RECEPTIONS = """
SELECT count(DISTINCT holder.partner_id) FILTER (
           WHERE holder.partner_id IS NOT NULL AND partner.is_company IS NOT TRUE
             AND NOT EXISTS (
                 SELECT FROM hub_project_holder earlier
                   JOIN crm_lead lead ON lead.id = earlier.lead_id
                  WHERE earlier.partner_id = holder.partner_id
                    AND earlier.company_id = path.company_id
                    AND lead.is_hub_project
                    AND lead.hub_entry IS DISTINCT FROM 'dla'
                    AND lead.hub_reception_date < %(start)s)) AS new,
       count(*) FILTER (WHERE holder.id IS NULL) AS anonymous,
       count(DISTINCT holder.partner_id) FILTER (WHERE partner.is_company)
           AS organisations
  FROM path
  LEFT JOIN hub_project_holder holder ON holder.lead_id = path.lead_id
  LEFT JOIN res_partner partner ON partner.id = holder.partner_id
 WHERE path.received AND NOT path.is_dla"""
TOTALS = """
SELECT (SELECT row_to_json(line) FROM (SELECT %(counts)s FROM person) line) AS person,
       (SELECT row_to_json(line) FROM (%(receptions)s) line) AS reception,
       (SELECT row_to_json(line) FROM (
            SELECT %(counts)s, %(sums)s FROM path WHERE NOT is_dla) line) AS project,
       (SELECT row_to_json(line) FROM (SELECT %(counts)s FROM structure) line)
           AS structure"""


def read_totals(period, start, programmes=()):
    """One row: the figures of each series as an object."""
    return read_paths(
        TOTALS,
        period,
        programmes=programmes,
        counts=SQL(COUNTS),
        sums=SQL(SUMS),
        receptions=SQL(RECEPTIONS, start=start),
    )
