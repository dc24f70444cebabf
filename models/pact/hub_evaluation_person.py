from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..common.hub_answer_mixin import CHANNELS
from .hub_evaluation import SIDES, TEAM


class HubEvaluationPerson(models.Model):
    """Somebody who takes part in an evaluation: first a view of one's own, then a yes
    to what was agreed. Each by the personal link, by telephone, in person, on paper."""

    _name = "hub.evaluation.person"
    _description = "Person in an evaluation"
    _inherit = [
        "hub.frozen.line.mixin",
        "hub.answer.mixin",
        "hub.personal.link.mixin",
        "hub.reminder.mixin",
    ]
    _order = "evaluation_id, side, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _frozen_parent = "evaluation_id"
    _frozen_open_fields = frozenset({"access_token", "to_call", "activity_id"})
    _guarded_fields = frozenset(
        {
            # the yes to what was agreed, see hub.answer.mixin
            "answer",
            "answered_on",
            "answer_channel",
            "recorded_by_id",
            # the view
            "given_on",
            "given_channel",
            "given_by_id",
            "comment",
            # what was asked, see the file on asking
            "asked_on",
            "reminders",
            "reminded_on",
            "to_call",
            "activity_id",
            "access_token",
        }
    )
    _guarded_given = frozenset({"access_token"})

    evaluation_id = fields.Many2one(
        "hub.evaluation",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="evaluation_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Name",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    side = fields.Selection(SIDES, required=True, default="volunteers")
    excused = fields.Boolean(
        help="Not there this time: neither the view nor the agreement is awaited."
    )
    # What people say, alone: whoever accompanies reads it once it was agreed on.
    view_ids = fields.One2many(
        "hub.evaluation.view", "person_id", readonly=True, copy=False, groups=TEAM
    )
    given_on = fields.Datetime(string="View given on", copy=False, readonly=True)
    given_channel = fields.Selection(
        CHANNELS, string="View given by", copy=False, readonly=True
    )
    given_by_id = fields.Many2one(
        "res.users",
        string="Noted by",
        copy=False,
        readonly=True,
        help="Who noted the view down; empty when the person gave it alone.",
    )
    comment = fields.Text(string="In own words", copy=False, readonly=True, groups=TEAM)
    answer = fields.Selection(string="Agrees")
    answer_reason = fields.Text(groups=TEAM)
    is_awaited = fields.Boolean(compute="_compute_is_awaited")
    url = fields.Char(
        string="Personal link",
        compute="_compute_url",
        compute_sudo=False,
        help="To copy into a text message; it opens without a password.",
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.depends(
        "excused", "given_on", "answer", "evaluation_id.state",
        "evaluation_id.proposed_on", "evaluation_id.active",
    )  # fmt: skip
    def _compute_is_awaited(self):
        awaited = self.filtered_domain(self._domain_awaited())
        for person in self:
            person.is_awaited = person in awaited

    @api.model
    def _domain_awaited(self):
        """People from whom a view or an agreement is awaited."""
        return (
            Domain("evaluation_id.state", "=", "under_way")
            & Domain("evaluation_id.active", "=", True)
            & Domain("excused", "=", False)
            & (
                Domain("given_on", "=", False)
                | Domain("evaluation_id.proposed_on", "!=", False)
                & Domain("answer", "=", "waiting")
            )
        )

    def _compute_url(self):
        """For those who follow the pact, and for nobody else."""
        mine = self._filtered_access("write")
        for person in self:
            person.url = person in mine and person._origin.sudo()._link()

    def _portal_path(self):
        return f"/my/hub/evaluation/{self.id}"

    @api.constrains("evaluation_id", "partner_id")
    def _check_once(self):
        for evaluation in self.evaluation_id:
            partners = [person.partner_id for person in evaluation.person_ids]
            for partner in set(partners):
                if partners.count(partner) > 1:
                    raise ValidationError(
                        self.env._(
                            "%(name)s already takes part in %(evaluation)s.",
                            name=partner.display_name,
                            evaluation=evaluation.display_name,
                        )
                    )

    def write(self, vals):
        if {"side", "partner_id", "evaluation_id"} & set(vals):
            self._check_silent()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_heard(self):
        self._check_silent()

    def _check_silent(self):
        for person in self.sudo().filtered("given_on"):
            raise UserError(
                self.env._(
                    "%(name)s has given a view. If the agreement is made without this"
                    " person, tick “Excused”.",
                    name=person.partner_id.display_name,
                )
            )

    # ------------------------------------------------------------
    # The view
    # ------------------------------------------------------------

    def _note_values(self, values, channel, user_id=False):
        """Keep what these people say.

        :param values: ``{line id: value}``; an empty value takes the view back
        :param user_id: who noted it down, for the person
        """
        lines = self.env["hub.evaluation.line"].browse(values).sudo()
        for person in self.sudo():
            known = {view.line_id: view for view in person.view_ids}
            commands = []
            for line in lines:
                value = line.indicator_id._read_value(values[line.id])
                commands += person._value_commands(line, known.get(line), value)
            vals = {"view_ids": commands}
            if not person.given_on:
                vals |= {
                    "given_on": fields.Datetime.now(),
                    "given_channel": channel,
                    "given_by_id": user_id,
                }
            person._unguarded().write(vals)
        self.evaluation_id._tell_when_complete()

    @api.model
    def _value_commands(self, line, view, value):
        if not value:
            return [Command.delete(view.id)] if view else []
        if view:
            return [Command.update(view.id, {"value": value})]
        return [Command.create({"line_id": line.id, "value": value})]

    def _sees_others(self):
        """Nobody is swayed: one's own view first, then those of the others.

        Shown once this person and somebody of each side have given theirs; from then
        on one's own view no longer changes, what moves is what they agree on.
        """
        self.ensure_one()
        evaluation = self.evaluation_id
        return bool(self.given_on) and all(
            evaluation._side(side).filtered("given_on") for side, _label in SIDES
        )

    @api.model
    def _hub_domain_for(self, partner):
        """The places of this person."""
        return Domain("partner_id", "=", partner.id)
