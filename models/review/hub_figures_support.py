from odoo import api, models
from odoo.tools import SQL

from .hub_figures import Figure

QUERY = """
SELECT count(DISTINCT partner_id) FILTER (WHERE kind = 'funder') AS funders,
       count(DISTINCT partner_id) FILTER (WHERE kind = 'institution') AS institutions,
       (SELECT COALESCE(sum(amount), 0) FROM hub_fund_line
         WHERE company_id = %(company)s AND kind = 'received'
           AND date BETWEEN %(start)s AND %(end)s) AS money_received,
       (SELECT COALESCE(sum(amount), 0) FROM hub_fund_line
         WHERE company_id = %(company)s AND kind = 'returned'
           AND date BETWEEN %(start)s AND %(end)s) AS money_returned,
       (SELECT count(*) FROM hub_cooperation
         WHERE company_id = %(company)s AND date_start <= %(end)s
           AND COALESCE(date_end, 'infinity') >= %(start)s) AS cooperations
  FROM hub_role
 WHERE company_id = %(company)s AND date_start <= %(end)s
   AND COALESCE(date_end, 'infinity') >= %(start)s"""


class HubFigures(models.AbstractModel):
    """Who supports the hub: funders with their money and what they do besides,
    institutions."""

    _inherit = "hub.figures"

    @api.model
    def _sections(self):
        title = self.env._("Solidarity funders and institutions")
        return {**super()._sections(), "support": title}

    @api.model
    def _values(self, hub, start, end, programmes=()):
        values, queries = super()._values(hub, start, end, programmes)
        if programmes:
            return values, queries
        for model in ("hub.role", "hub.fund.line", "hub.cooperation"):
            self.env[model].flush_model()
        sql = SQL(QUERY, company=hub.id, start=start, end=end)
        self.env.cr.execute(sql)
        row = self.env.cr.dictfetchone()
        values |= {f"network.{name}": number for name, number in row.items()}
        return values, {**queries, "support": self._query_text(sql)}

    @api.model
    def _catalogue(self, hub):
        held = self.env._(
            "Persons and organisations with this role on at least one day."
        )
        money = hub.currency_id.symbol or hub.currency_id.name
        booked = self.env._("By the fund book: what was paid in the period.")
        return [
            *super()._catalogue(hub),
            self._of_support("funders", self.env._("Solidarity funders"), held),
            self._of_support(
                "institutions", self.env._("Institutions and partners"), held
            ),
            self._of_support(
                "money_received",
                self.env._("Received from funders"),
                booked,
                digits=2,
                unit=money,
            ),
            self._of_support(
                "money_returned",
                self.env._("Returned to funders"),
                booked,
                digits=2,
                unit=money,
            ),
            self._of_support(
                "cooperations",
                self.env._("What funders do besides money"),
                self.env._("Cooperations under way on at least one day."),
            ),
        ]

    @api.model
    def _of_support(self, name, label, definition, **more):
        return Figure(f"network.{name}", "support", label, definition, **more)
