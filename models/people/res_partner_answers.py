from odoo import api, fields, models
from odoo.fields import Domain

from .hub_role import ACCOMPANYING_KINDS
from .res_partner import HUB

TRAININGS = [
    ("trained", "Trained"),
    ("booked", "Training booked"),
    ("missing", "Not trained yet"),
]


class ResPartner(models.Model):
    """What volunteers must have before a pair: training, charter, time."""

    _inherit = "res.partner"

    hub_is_paused = fields.Boolean(
        string="Away",
        compute="_compute_hub_is_paused",
        search="_search_hub_is_paused",
        groups=HUB,
    )
    hub_training = fields.Selection(
        TRAININGS,
        string="Training",
        compute="_compute_hub_training",
        search="_search_hub_training",
        groups=HUB,
    )
    hub_charter_signed = fields.Boolean(
        string="Charter signed",
        help="The version to sign today.",
        compute="_compute_hub_charter_signed",
        search="_search_hub_charter_signed",
        groups=HUB,
    )

    @api.depends(
        "hub_role_ids.pause_from",
        "hub_role_ids.pause_to",
        "hub_role_ids.date_start",
        "hub_role_ids.date_end",
    )
    @api.depends_context("company")
    def _compute_hub_is_paused(self):
        roles = self._origin._hub_role_on(ACCOMPANYING_KINDS)
        for partner in self:
            found = roles.get(partner._origin, self.env["hub.role"])
            partner.hub_is_paused = bool(found) and all(r.is_paused for r in found)

    def _search_hub_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        roles = (
            self.env["hub.role"]._domain_on(today)
            & Domain("kind", "in", ACCOMPANYING_KINDS)
            & Domain("is_paused", "=", True)
        )
        return self._hub_with_roles(roles, value)

    @api.depends("hub_role_ids.trained_on")
    @api.depends_context("company")
    def _compute_hub_training(self):
        answers = self._origin._hub_is_trained_or_booked()
        for partner in self:
            partner.hub_training = answers.get(partner._origin) or "missing"

    def _search_hub_training(self, operator, value):
        if operator != "in":
            return NotImplemented
        people = self.sudo().search(
            Domain("hub_is_volunteer", "=", True) | Domain("hub_is_employee", "=", True)
        )
        answers = people._hub_is_trained_or_booked()
        ids = [p.id for p, answer in answers.items() if (answer or "missing") in value]
        return Domain("id", "in", ids)

    @api.depends("hub_signature_ids.answer")
    @api.depends_context("company")
    def _compute_hub_charter_signed(self):
        charter = (
            self.env["hub.charter"]._current(self.env.company).get(self.env.company)
        )
        for partner in self:
            partner.hub_charter_signed = bool(charter) and any(
                signature.charter_id == charter and signature.answer == "yes"
                for signature in partner.hub_signature_ids
            )

    def _search_hub_charter_signed(self, operator, value):
        if operator != "in":
            return NotImplemented
        charter = (
            self.env["hub.charter"]._current(self.env.company).get(self.env.company)
        )
        signed = Domain(
            "hub_signature_ids",
            "any",
            [("charter_id", "=", charter.id if charter else 0), ("answer", "=", "yes")],
        )
        return Domain.OR(signed if yes else ~signed for yes in value)

    def _hub_is_trained_or_booked(self, company=None):
        """``{partner: "trained", "booked" or False}``.

        Trained: noted on the role, or present at a training. Booked: registered for
        one that is not over.
        """
        company = company or self.env.company
        answers = dict.fromkeys(self, False)
        for registration in self._hub_training_registrations():
            person = registration._hub_attendee()
            if registration.state == "done":
                answers[person] = "trained"
            elif not answers[person]:
                answers[person] = "booked"
        roles = self.env["hub.role"].sudo()
        for role in roles.search(
            Domain("partner_id", "in", self.ids)
            & Domain("kind", "in", ACCOMPANYING_KINDS)
            & Domain("company_id", "=", company.id)
            & Domain("trained_on", "!=", False)
        ):
            answers[role.partner_id] = "trained"
        return answers

    def _hub_training_registrations(self):
        """Presence at trainings, and places booked in those to come."""
        registrations = self.env["event.registration"].sudo()
        people = self.ids
        return registrations.search(
            Domain("event_id.hub_format", "=", "training")
            & Domain("event_id.kanban_state", "!=", "cancel")
            & (
                Domain("hub_partner_id", "in", people)
                | Domain("hub_partner_id", "=", False)
                & Domain("partner_id", "in", people)
            )
            & (
                Domain("state", "=", "done")
                | Domain("state", "=", "open")
                & Domain("event_id.date_end", ">=", fields.Datetime.now())
            )
        )

    def _hub_unsigned_charter(self, day=None, company=None):
        """``{partner: charter that had to be signed by then and is not, or empty}``."""
        day = day or fields.Date.context_today(self)
        company = company or self.env.company
        nothing = self.env["hub.charter"].sudo()
        charter = nothing._current(company).get(company, nothing)
        if not charter or not charter._must_be_signed_on(day):
            return dict.fromkeys(self, nothing)
        signed = (
            self.env["hub.charter.signature"]
            .sudo()
            .search(
                Domain("charter_id", "=", charter.id)
                & Domain("partner_id", "in", self.ids)
                & Domain("answer", "=", "yes")
            )
            .partner_id
        )
        return {partner: nothing if partner in signed else charter for partner in self}
