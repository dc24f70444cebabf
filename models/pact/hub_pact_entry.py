from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_guard_mixin import OPEN

TRANSITIONS = {
    "concertation": {"draft", "cancelled"},
    "draft": {"concertation", "to_sign", "cancelled"},
    "to_sign": {"draft", "in_force", "cancelled"},
    "in_force": {"closed"},
    "closed": set(),
    "cancelled": set(),
}


class HubPact(models.Model):
    """How a pact comes into force, and how it ends."""

    _inherit = "hub.pact"
    _guarded_fields = frozenset(
        {
            "number",
            "version",
            "parent_id",
            "printed_on",
            "in_force_from",
            "closed_on",
            "close_reason",
            "signature_lock",
            "reminded_on",
            "renewal_asked_on",
            "printed_hash",
            "signed_pdf_id",
        }
    )
    _guarded_given = frozenset({"number"})

    in_force_from = fields.Date(
        copy=False,
        readonly=True,
        tracking=True,
        help="First day on which concertation and two signatures of different kinds"
        " were both there.",
    )
    closed_on = fields.Date(copy=False, readonly=True, tracking=True)
    close_reason = fields.Selection(
        [
            ("expired", "Expired"),
            ("completed", "Goals reached"),
            ("ended", "Ended by the parties"),
            ("replaced", "Replaced by an amendment"),
        ],
        string="Closed because",
        copy=False,
        readonly=True,
        tracking=True,
    )
    is_in_force = fields.Boolean(
        string="In force today",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
    )

    def _compute_is_in_force(self):
        current = self._in_force_on(fields.Date.context_today(self))
        for pact in self:
            pact.is_in_force = pact in current

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._domain_in_force_on(fields.Date.context_today(self))
        return Domain.OR(current if wanted else ~current for wanted in value)

    @api.model
    def _domain_in_force_on(self, date):
        """Pacts in force on a date: dates decide, not a job that runs late."""
        return (
            Domain("in_force_from", "<=", date)
            & Domain("date_start", "<=", date)
            & Domain("date_end", ">=", date)
            & (Domain("closed_on", "=", False) | Domain("closed_on", ">", date))
        )

    def _in_force_on(self, date):
        """Those of these pacts that are in force on a date."""
        return self.filtered_domain(self._domain_in_force_on(date))

    # States

    def _check_transition(self, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for pact in self.filtered(lambda p: p.state != target):
            if target not in TRANSITIONS[pact.state]:
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”: it cannot become “%(target)s”.",
                        name=pact.display_name,
                        state=labels[pact.state],
                        target=labels.get(target, target),
                    )
                )
            if target == "to_sign":
                pact._check_requirements(pact._text_requirements())
            elif target == "in_force":
                pact._check_requirements(
                    [*pact._text_requirements(), pact._signature_requirement()]
                )
            elif target == "draft" and pact._signed_parties():
                raise UserError(
                    self.env._(
                        "%(name)s has been signed: use “Take the text back”, so that"
                        " the signatures are voided visibly.",
                        name=pact.display_name,
                    )
                )

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        self._check_transition(vals["state"])
        if self.env.context.get("hub_guard") is OPEN:
            return super().write(vals)
        # A state written by hand or by a list comes with its day, as by the buttons.
        rest = {name: value for name, value in vals.items() if name != "state"}
        result = super().write(rest)
        moved = self.filtered(lambda pact: pact.state != vals["state"])
        moved._action_of_state(vals["state"])()
        return result

    def _action_of_state(self, state):
        return {
            "concertation": self.action_concertation,
            "draft": self.action_draft,
            "to_sign": self.action_to_sign,
            "in_force": self.action_in_force,
            "closed": self.action_end,
            "cancelled": self.action_cancel,
        }[state]

    def action_concertation(self):
        """Back around the table."""
        self._unguarded().write({"state": "concertation"})

    def action_draft(self):
        """Begin to write the text, or write it anew before anybody has signed."""
        self._unguarded().write({"state": "draft"})
        self.party_ids._stop_asking()

    def action_to_sign(self):
        """The text is ready: it can be printed and signed."""
        self._unguarded().write({"state": "to_sign"})

    def action_in_force(self):
        """Enough parties signed: the pact counts from the day they had."""
        for pact in self:
            pact._check_transition("in_force")
            vals = {"state": "in_force", "in_force_from": pact._first_day()}
            pact._unguarded().write(vals)
            pact._replace_former()
            pact._signed_file()
            pact._signed_parties()._send_signed_copies()

    def action_complete(self):
        """The goals are reached, or the end agreed has come."""
        self._close("completed")

    def action_end(self):
        """The parties end the pact before its last day."""
        self._close("ended")

    def action_cancel(self):
        """Given up before it came into force."""
        self._unguarded().write({"state": "cancelled"})
        self.party_ids._stop_asking()

    def _close(self, reason, day=None):
        day = day or fields.Date.context_today(self)
        for pact in self:
            vals = {"state": "closed", "closed_on": day, "close_reason": reason}
            pact._unguarded().write(vals)
        self.party_ids._stop_asking()

    def _first_day(self):
        """Day on which concertation, two kinds of signatures and start are there."""
        self.ensure_one()
        talks = [*self.meeting_ids.mapped("date"), self.joint_interview_on]
        kinds, second = set(), None
        for party in self._signed_parties().sorted("signed_on"):
            kinds.add(party.category)
            if len(kinds) > 1:
                second = party.signed_on
                break
        return max(second, self.date_start, min(filter(None, talks)))
