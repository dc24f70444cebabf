"""Queries over the parts of ``figures_query``, for one period or for all years."""

from odoo.tools import SQL

from . import figures_query as query


def one_period(hub, start, end):
    """The hub and its days as constants, so that the database plans for them."""
    return SQL(
        """(SELECT %(company)s::int AS company_id, %(year)s::int AS year,
            %(start)s::date AS date_from, %(end)s::date AS date_to,
            (%(start)s::timestamp AT TIME ZONE %(zone)s) AT TIME ZONE 'UTC' AS utc_from,
            ((%(end)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
                AT TIME ZONE 'UTC' AS utc_to,
            %(times)s::int AS times)""",
        company=hub.id,
        year=end.year,
        start=start,
        end=end,
        zone=hub._hub_tz() or "UTC",
        times=hub.hub_collective_times,
    )


def all_years(hubs, today, only=None):
    """Every year of these hubs since their first reception, as a part ``years``.

    :param only: of these years alone
    """
    rows = [
        SQL("(%s, %s, %s)", hub.id, hub._hub_tz() or "UTC", hub.hub_collective_times)
        for hub in hubs
    ]
    return SQL(
        """years AS (
    SELECT hub.company_id, year, make_date(year, 1, 1) AS date_from,
           make_date(year, 12, 31) AS date_to,
           (make_date(year, 1, 1)::timestamp AT TIME ZONE hub.zone)
               AT TIME ZONE 'UTC' AS utc_from,
           (make_date(year + 1, 1, 1)::timestamp AT TIME ZONE hub.zone)
               AT TIME ZONE 'UTC' AS utc_to,
           hub.times
      FROM (VALUES %(hubs)s) AS hub (company_id, zone, times)
     CROSS JOIN LATERAL generate_series(
           (SELECT extract(year FROM min(lead.hub_reception_date))::int
              FROM crm_lead lead
             WHERE lead.is_hub_project AND lead.company_id = hub.company_id),
           %(this_year)s) AS year
     WHERE %(asked)s
)""",
        asked=SQL("TRUE") if only is None else SQL("year IN %s", tuple(only) or (0,)),
        hubs=SQL(", ").join(rows) if rows else SQL("(0, 'UTC', 1)"),
        this_year=today.year,
    )


def read_paths(select, period, years=None, programmes=(), parts=query.PARTS, **values):
    """A query over the parts above.

    :param select: the text that reads from the parts, with its own ``values``
    :param period: what stands for the periods: :func:`one_period`, or the part of
        :func:`all_years` by its name
    :param years: the part of :func:`all_years`
    :param programmes: ids; only the projects that count under one of them
    """
    names = {
        "period": period,
        "formats": query.ACCOMPANYING_FORMATS,
        "success": query.SUCCESS,
        "received": query.RECEIVED,
        "interview": query.INTERVIEW,
        "pairing": query.PAIRING,
        "pact": query.PACT,
        "collective": query.COLLECTIVE,
        "outcome": query.OUTCOME,
        "carried": query.CARRIED,
        "individual": query.INDIVIDUAL,
        "accompanied": query.ACCOMPANIED,
        "own": SQL(query.OWN),
        "programme": counts_under(programmes),
    }
    found = [years] if years else []
    found += [SQL(part, **names) for part in parts]
    return SQL(
        "WITH %(parts)s %(select)s",
        parts=SQL(",").join(found),
        select=SQL(select, **values) if values else SQL(select),
    )


def counts_under(programmes):
    if not programmes:
        return SQL("TRUE")
    return SQL(
        """EXISTS (SELECT FROM crm_lead_hub_programme_rel rel
                    WHERE rel.crm_lead_id = lead.id
                      AND rel.hub_programme_id IN %s)""",
        tuple(programmes),
    )
