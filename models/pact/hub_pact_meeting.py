from odoo import api, fields, models


class HubPactMeeting(models.Model):
    """A concertation meeting: who came together, where, and what was agreed."""

    _name = "hub.pact.meeting"
    _description = "Concertation meeting"
    _order = "date desc, id desc"
    _check_company_auto = True

    pact_id = fields.Many2one(
        "hub.pact", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="pact_id.company_id", store=True, precompute=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    place = fields.Char()
    party_ids = fields.Many2many(
        "hub.pact.party",
        string="Parties present",
        domain="[('pact_id', '=', pact_id)]",
        check_company=True,
    )
    others = fields.Char(string="Others present")
    agreed = fields.Text(string="What was agreed")

    @api.depends("date", "place")
    def _compute_display_name(self):
        for meeting in self:
            day = fields.Date.to_string(meeting.date)
            meeting.display_name = ", ".join(filter(None, [day, meeting.place]))

    def _print_present(self):
        """Who was there, by kind of party."""
        self.ensure_one()
        return "; ".join(
            f"{label} ({', '.join(parties.mapped('partner_id.name'))})"
            for label, parties in self.party_ids._by_category()
        )
