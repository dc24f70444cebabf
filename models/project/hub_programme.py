from odoo import fields, models


class HubProgramme(models.Model):
    """A scheme or convention under which people and projects are counted."""

    _name = "hub.programme"
    _description = "Programme or convention"
    _check_company_auto = True
    _order = "date_start desc, name, id"

    name = fields.Char(required=True)
    funder_id = fields.Many2one(
        "res.partner", index="btree_not_null", check_company=True
    )
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="To")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    note = fields.Text(string="What it asks for")

    _period = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A programme ends on or after the day it starts.",
    )

    def _runs_on(self, day):
        """Whether somebody who is accompanied on this day counts here."""
        self.ensure_one()
        return bool(day) and (
            (not self.date_start or self.date_start <= day)
            and (not self.date_end or day <= self.date_end)
        )
