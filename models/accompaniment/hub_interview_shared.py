from functools import partial

from odoo import api, fields, models
from odoo.fields import Command, Domain


class HubInterviewShared(models.Model):
    """What the author of a note lets the holder read, and nothing else of it."""

    _name = "hub.interview.shared"
    _description = "Words shared with the holder"
    _inherit = ["hub.guard.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _guarded_fields = frozenset({"note_id", "partner_ids"})
    _guarded_given = _guarded_fields

    note_id = fields.Many2one(
        "hub.interview.note",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="note_id.company_id", store=True, precompute=True, index=True
    )
    body = fields.Text(string="What the holder reads", required=True)
    partner_ids = fields.Many2many(
        "res.partner",
        "hub_interview_shared_partner_rel",
        "shared_id",
        "partner_id",
        string="Shared with",
        readonly=True,
        copy=False,
        help="The holders of the project on the day it was shared.",
    )

    @api.depends("note_id.interview_id.display_name")
    def _compute_display_name(self):
        for block in self:
            block.display_name = block.sudo().note_id.interview_id.display_name or ""

    @api.model_create_multi
    def create(self, vals_list):
        shared = []
        for vals in vals_list:
            note = self.env["hub.interview.note"].browse(vals.get("note_id") or [])
            note.check_access("write")
            holders = note.sudo().lead_id.hub_holder_ids.partner_id
            shared.append(dict(vals, partner_ids=[Command.set(holders.ids)]))
        blocks = super(HubInterviewShared, self._unguarded()).create(shared)
        return blocks.with_env(self.env)

    def _check_access(self, operation):
        """The author of the note alone writes what is shared."""
        result = super()._check_access(operation)
        if operation == "read" or self.env.su or not any(self._ids):
            return result
        me = self.env.user.partner_id
        others = self.sudo().exists().filtered(lambda b: b.note_id.author_id != me)
        if not others:
            return result
        refused = (result[0] if result else self.browse()) | self.browse(others.ids)
        error = self.env["ir.rule"]._make_access_error
        return refused, partial(error, operation, refused)

    @api.model
    def _hub_domain_for(self, partner):
        """What is shared with this person, or stands in a note this person reads."""
        notes = self.env["hub.interview.note"]._hub_domain_for(partner)
        return Domain("partner_ids", "in", [partner.id]) | Domain(
            "note_id", "any", notes
        )
