from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hub_pact import CONTENT_GROUPS


class HubPact(models.Model):
    """What a pact needs before it is signed, and before it comes into force."""

    _inherit = "hub.pact"

    checklist = fields.Html(
        string="What is missing",
        compute="_compute_checklist",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )
    ready_to_sign = fields.Boolean(compute="_compute_checklist", groups=CONTENT_GROUPS)

    def _text_requirements(self):
        """``[(fulfilled, what)]``: what the text needs before anybody signs it."""
        self.ensure_one()
        dated = self.date_start and self.date_end
        categories = set(self._present_parties().mapped("category"))
        return [
            (bool(self.goal_ids), self.env._("goals")),
            (bool(self.commitment_ids), self.env._("implementation: who does what")),
            (bool(self.term_ids), self.env._("terms of evaluation")),
            (bool(dated), self.env._("first and last day")),
            (len(categories) > 1, self.env._("parties of two different kinds")),
            self._concertation_requirement(),
            *self._carrier_requirement(),
        ]

    def _carrier_requirement(self):
        """While the text is open, nothing in it is left to somebody who declined."""
        gone = self.party_ids - self._present_parties()
        if self.frozen_on or not gone & self.commitment_ids.party_id:
            return []
        return [(False, self.env._("who does what those who declined were to do"))]

    def _concertation_requirement(self):
        today = fields.Date.context_today(self)
        held = any(meeting.date <= today for meeting in self.meeting_ids)
        if self.form != "accompaniment_contract":
            return held, self.env._("a concertation meeting already held")
        interview = self.joint_interview_on and self.joint_interview_on <= today
        return bool(held or interview), self.env._("the day of the joint interview")

    def _representative_requirement(self):
        return (
            not self._present_parties()._nameless(),
            self.env._("who signs for each organisation, and as what"),
        )

    def _signature_requirement(self):
        signed = self._signed_parties()
        return (
            len(set(signed.mapped("category"))) > 1,
            self.env._("signatures of two different kinds of parties"),
        )

    def _present_parties(self):
        """Those who have not declined and not left."""
        today = fields.Date.context_today(self)
        return self.party_ids.filtered(
            lambda party: party.answer != "no" and party._is_there_on(today)
        )

    def _signed_parties(self):
        return self.party_ids.filtered("signed_on")

    @api.depends(
        "form",
        "date_start",
        "date_end",
        "joint_interview_on",
        "goal_ids",
        "commitment_ids.party_id",
        "term_ids",
        "meeting_ids.date",
        "party_ids.category",
        "party_ids.representative",
        "party_ids.representative_role",
        "party_ids.signed_on",
        "party_ids.answer",
        "party_ids.left_on",
    )
    def _compute_checklist(self):
        for pact in self:
            text = pact._text_requirements()
            pact.ready_to_sign = all(done for done, _what in text)
            items = [
                *text,
                pact._representative_requirement(),
                pact._signature_requirement(),
            ]
            pact.checklist = Markup("<ul class='list-inline mb-0'>%s</ul>") % Markup(
                ""
            ).join(self._checklist_line(done, what) for done, what in items)

    def _checklist_line(self, done, what):
        icon = "fa-check-square-o text-success" if done else "fa-square-o text-warning"
        said = self.env._("there") if done else self.env._("missing")
        head = "<li class='list-inline-item'><i class='fa fa-fw %s' title='%s'></i>"
        line = Markup(head + " %s</li>")
        return line % (icon, said, what[:1].upper() + what[1:])

    def _check_requirements(self, requirements):
        missing = [what for done, what in requirements if not done]
        if missing:
            raise ValidationError(
                self.env._(
                    "%(name)s cannot go on yet. Still missing: %(missing)s.",
                    name=self.display_name,
                    missing="; ".join(missing),
                )
            )
