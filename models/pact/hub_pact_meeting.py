from odoo import api, fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date


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

    def write(self, vals):
        if {"date", "pact_id"} & set(vals):
            self._check_not_signed_upon()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed_upon(self):
        self._check_not_signed_upon()

    def _check_not_signed_upon(self):
        """The concertation on which people signed stays as it was held."""
        for meeting in self:
            signed_on = meeting.pact_id.frozen_on
            if signed_on and meeting.date <= signed_on.date():
                raise UserError(
                    self.env._(
                        "%(pact)s was signed after the meeting of %(meeting)s: this"
                        " meeting stays. Add another one instead.",
                        pact=meeting.pact_id.display_name,
                        meeting=meeting.display_name,
                    )
                )

    def _print_lines(self):
        """Day and place, who was there by kind of party, what was agreed."""
        self.ensure_one()
        present = " · ".join(
            f"{label} ({', '.join(parties.mapped('partner_id.name'))})"
            for label, parties in self.party_ids._by_category()
        )
        day = ", ".join(filter(None, [long_date(self.env, self.date), self.place]))
        return [
            day,
            present and self.env._("Present: %(names)s.", names=present),
            self.others and self.env._("Also present: %(names)s.", names=self.others),
            self.agreed and self.env._("Agreed: %(text)s", text=self.agreed),
        ]
