from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.hub_guard_mixin import OPEN
from .hub_pact_party import CATEGORIES


class HubPactMeeting(models.Model):
    """A concertation meeting: who came together, where, and what was agreed."""

    _name = "hub.pact.meeting"
    _description = "Concertation meeting"
    _inherit = ["hub.guard.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset({"is_in_text"})

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
    is_in_text = fields.Boolean(
        string="Stands in the signed text", copy=False, readonly=True
    )
    present_summary = fields.Char(
        string="Kinds of parties present", compute="_compute_present_summary"
    )

    @api.depends("date", "place")
    def _compute_display_name(self):
        for meeting in self:
            day = fields.Date.to_string(meeting.date)
            meeting.display_name = ", ".join(filter(None, [day, meeting.place]))

    @api.depends("party_ids.category")
    def _compute_present_summary(self):
        labels = dict(
            self.env["hub.pact.party"]
            ._fields["category"]
            ._description_selection(self.env)
        )
        for meeting in self:
            meeting.present_summary = ", ".join(
                f"{labels[kind]} ({len(parties)})"
                for kind, parties in meeting._by_kind()
            )

    def write(self, vals):
        if self.env.context.get("hub_guard") is not OPEN:
            self._check_not_in_text()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_text(self):
        self._check_not_in_text()

    def _check_not_in_text(self):
        """The concertation on which people signed stands in the text they signed."""
        for meeting in self.filtered("is_in_text"):
            raise UserError(
                self.env._(
                    "%(pact)s was signed after the meeting of %(meeting)s: this"
                    " meeting stays as it is in the text. Add another one instead.",
                    pact=meeting.pact_id.display_name,
                    meeting=meeting.display_name,
                )
            )

    def _frozen_values(self):
        """Day and place, who was there by kind of party, what was agreed."""
        return {
            "date": self.date,
            "place": self.place or "",
            "present": [
                (kind, [party._name_in_text() for party in parties])
                for kind, parties in self._by_kind()
            ],
            "others": self.others or "",
            "agreed": self.agreed or "",
        }

    def _by_kind(self):
        """``[(kind, parties present)]`` in the order of the kinds."""
        found = self.party_ids.grouped("category")
        return [(code, found[code]) for code, _label in CATEGORIES if code in found]
