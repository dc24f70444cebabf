from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from ..common.hub_answer_mixin import CHANNELS


class HubInterviewHandover(models.Model):
    """The holder agrees that earlier notes are handed on to a new companion."""

    _name = "hub.interview.handover"
    _description = "Agreement to hand notes on"
    _inherit = ["hub.project.line.mixin"]
    _order = "agreed_on desc, id desc"

    lead_id = fields.Many2one(ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner",
        string="Handed on to",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    agreed_on = fields.Date(
        string="The holder agreed on", required=True, default=fields.Date.context_today
    )
    channel = fields.Selection(
        CHANNELS, string="By", required=True, default="in_person"
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Noted by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )

    @api.depends("partner_id.display_name")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = handover.partner_id.display_name or ""

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [dict(v, recorded_by_id=self.env.uid) for v in vals_list]
        handovers = super().create(vals_list)
        for handover in handovers:
            handover._check_recorder()
            handover._hand_on()
        return handovers

    @api.constrains("agreed_on", "partner_id")
    def _check_agreement(self):
        today = fields.Date.context_today(self)
        for handover in self:
            if handover.agreed_on > today:
                raise ValidationError(
                    self.env._("An agreement is noted once it was given: choose a day.")
                )
            if handover.partner_id in handover.lead_id.hub_holder_ids.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s carries this project and does not read the notes"
                        " on it.",
                        person=handover.partner_id.name,
                    )
                )

    def _check_recorder(self):
        """Nobody opens notes for himself, nor for others without reading them."""
        if self.env.su:
            return
        if self.partner_id != self.env.user.partner_id:
            if self.env.user.has_group("solidarity_hub.group_hub_manager"):
                return
            notes = self.env["hub.interview.note"]
            if notes.search([("lead_id", "=", self.lead_id.id)], limit=1):
                return
        raise AccessError(
            self.env._(
                "Somebody who reads the notes of this project, or the manager, notes"
                " the agreement of the holder down; never who receives them."
            )
        )

    def _hand_on(self):
        """The successor reads what was written before, while in the pair.

        Who is not the manager hands on what he or she reads, nothing else.
        """
        notes = self.env["hub.interview.note"]
        if self.env.su or self.env.user.has_group("solidarity_hub.group_hub_manager"):
            notes = notes.sudo()
        found = notes.search([("lead_id", "=", self.lead_id.id)]).sudo()
        found.write({"pair_ids": [Command.link(self.partner_id.id)]})
