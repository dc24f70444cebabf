from datetime import timedelta

from odoo import fields, models

from ..models.accompaniment.hub_volunteer_hours import FUNCTIONS
from .hub_hours_week import DAYS


class HubHoursWeekRow(models.TransientModel):
    """What one did for one function and programme, day by day."""

    _name = "hub.hours.week.row"
    _description = "Row of a week"

    week_id = fields.Many2one("hub.hours.week", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="week_id.company_id")
    function = fields.Selection(
        FUNCTIONS, string="For", required=True, default="accompaniment"
    )
    programme_id = fields.Many2one("hub.programme")
    name = fields.Char(string="What")
    monday = fields.Float(string="Mon")
    tuesday = fields.Float(string="Tue")
    wednesday = fields.Float(string="Wed")
    thursday = fields.Float(string="Thu")
    friday = fields.Float(string="Fri")
    saturday = fields.Float(string="Sat")
    sunday = fields.Float(string="Sun")

    def _line_values(self):
        """A line of time for each day that has hours."""
        self.ensure_one()
        week = self.week_id
        return [
            {
                "partner_id": week.partner_id.id,
                "company_id": week.company_id.id,
                "date": week._monday() + timedelta(days=number),
                "hours": self[day],
                "function": self.function,
                "programme_id": self.programme_id.id,
                "name": self.name,
            }
            for number, day in enumerate(DAYS)
            if self[day]
        ]
