from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..common.hub_guard_mixin import OPEN
from .hub_pact import CONTENT_GROUPS

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
    reminded_on = fields.Date(copy=False, readonly=True)
    is_in_force = fields.Boolean(
        string="In force today",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
    )
    checklist = fields.Html(
        string="What is missing",
        compute="_compute_checklist",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )
    ready_to_sign = fields.Boolean(compute="_compute_checklist", groups=CONTENT_GROUPS)

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

    # What a pact needs

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
        ]

    def _concertation_requirement(self):
        today = fields.Date.context_today(self)
        held = any(meeting.date <= today for meeting in self.meeting_ids)
        if self.form != "accompaniment_contract":
            return held, self.env._("a concertation meeting already held")
        interview = self.joint_interview_on and self.joint_interview_on <= today
        return bool(held or interview), self.env._("the day of the joint interview")

    def _signature_requirement(self):
        signed = self._signed_parties()
        return (
            len(set(signed.mapped("category"))) > 1,
            self.env._("signatures of two different kinds of parties"),
        )

    def _present_parties(self):
        return self.party_ids.filtered(lambda p: not p.left_on and p.answer != "no")

    def _signed_parties(self):
        return self.party_ids.filtered("signed_on")

    @api.depends(
        "form",
        "date_start",
        "date_end",
        "joint_interview_on",
        "goal_ids",
        "commitment_ids",
        "term_ids",
        "meeting_ids.date",
        "party_ids.category",
        "party_ids.signed_on",
        "party_ids.answer",
        "party_ids.left_on",
    )
    def _compute_checklist(self):
        for pact in self:
            text = pact._text_requirements()
            pact.ready_to_sign = all(done for done, _what in text)
            items = [*text, pact._signature_requirement()]
            pact.checklist = Markup("<ul class='list-inline mb-0'>%s</ul>") % Markup(
                ""
            ).join(self._checklist_line(done, what) for done, what in items)

    def _checklist_line(self, done, what):
        icon = "fa-check-square-o text-success" if done else "fa-square-o text-warning"
        said = self.env._("there") if done else self.env._("missing")
        head = "<li class='list-inline-item'><i class='fa fa-fw %s' title='%s'></i>"
        line = Markup(head + " %s</li>")
        return line % (icon, said, what[:1].upper() + what[1:])

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
        """Begin to write the text."""
        self._unguarded().write({"state": "draft"})

    def action_to_sign(self):
        """The text is ready: it can be printed and signed."""
        self._unguarded().write({"state": "to_sign"})

    def action_in_force(self):
        """Enough parties signed: the pact counts from the day they had."""
        for pact in self:
            pact._check_transition("in_force")
            vals = {"state": "in_force", "in_force_from": pact._first_day()}
            pact._unguarded().write(vals)
            replaced = pact.parent_id.filtered(lambda p: p.state == "in_force")
            replaced._close("replaced", pact.in_force_from)

    def action_complete(self):
        """The goals are reached, or the end agreed has come."""
        self._close("completed")

    def action_end(self):
        """The parties end the pact before its last day."""
        self._close("ended")

    def action_cancel(self):
        """Given up before it came into force."""
        self._unguarded().write({"state": "cancelled"})

    def _close(self, reason, day=None):
        day = day or fields.Date.context_today(self)
        for pact in self:
            vals = {"state": "closed", "closed_on": day, "close_reason": reason}
            pact._unguarded().write(vals)

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

    @api.model
    def _cron_close_expired(self):
        """Close what is past its last day, and call to the looks that are due."""
        today = fields.Date.context_today(self)
        past = Domain("state", "=", "in_force") & Domain("date_end", "<", today)
        expired = self.search(past, limit=200).try_lock_for_update()
        for pact in expired:
            pact._close("expired", fields.Date.add(pact.date_end, days=1))
        self._remind_of_reviews(today)
        self.env["ir.cron"]._commit_progress(
            len(expired), remaining=self.search_count(past) if expired else 0
        )

    @api.model
    def _remind_of_reviews(self, today):
        due = self.search(
            Domain("state", "=", "in_force") & Domain("next_review_on", "<=", today)
        ).filtered(lambda p: not p.reminded_on or p.reminded_on < p.next_review_on)
        due.reminded_on = today
        for pact in due:
            pact.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=today,
                summary=self.env._("Look at the pact together"),
                user_id=(pact.user_id or self.env.user).id,
            )
