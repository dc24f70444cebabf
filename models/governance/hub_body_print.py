from odoo import fields, models

from ...reports.print_words import long_date


class HubBody(models.Model):
    """The registers, as documents."""

    _inherit = "hub.body"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.company_id.partner_id.lang or self.env.lang

    def _print_today(self):
        return long_date(self.env, fields.Date.context_today(self))

    def _print_mandates(self):
        """By college, the latest first."""
        order = {line.college_id: n for n, line in enumerate(self.college_ids)}
        return self.mandate_ids.sorted(
            lambda m: (
                order.get(m.college_id, len(order)),
                -m.date_start.toordinal(),
                m.id,
            )
        )

    def _print_vacant(self):
        return self._seat_warnings()

    def _print_minutes(self):
        return self.env["hub.minutes"].search(
            [("body_id", "=", self.id)], order="meeting_date, id"
        )
