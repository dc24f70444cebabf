from odoo import api, fields, models
from odoo.tools import format_date


class HubMomentSeriesDate(models.TransientModel):
    """One date of a series, as proposed or corrected."""

    _name = "hub.moment.series.date"
    _description = "Date of a series"
    _order = "date, id"

    series_id = fields.Many2one("hub.moment.series", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    weekday = fields.Char(string="Day", compute="_compute_weekday")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        for line in self:
            line.weekday = line.date and format_date(
                self.env, line.date, date_format="EEEE"
            )
