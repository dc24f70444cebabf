from odoo import api, fields, models

VALUED = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_finance"


class HubVolunteerHours(models.Model):
    """Under which convention time counts, and what it is worth."""

    _inherit = "hub.volunteer.hours"

    programme_id = fields.Many2one(
        "hub.programme",
        compute="_compute_programme_id",
        compute_sudo=True,
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=VALUED,
        help="Under which convention this time counts: proposed from the project.",
    )
    rate = fields.Monetary(
        string="Rate per hour",
        compute="_compute_value",
        compute_sudo=True,
        store=True,
        aggregator=False,
        groups=VALUED,
    )
    value = fields.Monetary(
        compute="_compute_value",
        compute_sudo=True,
        store=True,
        groups=VALUED,
        help="Hours of volunteers at the rate of their day; employees are paid.",
    )

    @api.depends("lead_id")
    def _compute_programme_id(self):
        """The one programme under which the project runs on that day."""
        for line in self:
            running = line.lead_id.hub_programme_ids.filtered(
                lambda programme, day=line.date: programme._runs_on(day)
            )
            line.programme_id = running if len(running) == 1 else line.programme_id

    @api.depends("hours", "function", "date", "company_id", "role_kind")
    def _compute_value(self):
        rates = self.env["hub.hours.rate"]._rates_of(self.company_id)
        for line in self:
            paid = line.role_kind == "employee"
            found = rates.find(line.company_id, line.function, line.date)
            currency = line.company_id.currency_id
            line.rate = 0 if paid else found
            value = line.hours * line.rate
            line.value = currency.round(value) if currency else value
