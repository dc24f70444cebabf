from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HubInterview(models.Model):
    """What the fact of an interview owes to the notes written about it."""

    _inherit = "hub.interview"

    note_count = fields.Integer(string="Notes", compute="_compute_note_count")
    has_notes = fields.Boolean(
        compute="_compute_has_notes", groups="solidarity_hub.group_hub_manager"
    )

    @api.depends_context("uid")
    def _compute_note_count(self):
        """Those that the user reads; others do not even count."""
        groups = self.env["hub.interview.note"]._read_group(
            [("interview_id", "in", self.ids)], ["interview_id"], ["__count"]
        )
        counts = {interview.id: count for interview, count in groups}
        for interview in self:
            interview.note_count = counts.get(interview._origin.id, 0)

    def _compute_has_notes(self):
        noted = self._notes_of_all().interview_id
        for interview in self:
            interview.has_notes = interview._origin.sudo() in noted

    def _notes_of_all(self):
        """The notes on these interviews, for rules: never for the eyes of the user."""
        notes = self.env["hub.interview.note"].sudo()
        return notes.search([("interview_id", "in", self.ids)])

    def write(self, vals):
        if {"lead_id", "state"} & set(vals):
            self._check_notes_stay(vals)
        return super().write(vals)

    def _check_notes_stay(self, vals):
        for interview in self._notes_of_all().interview_id:
            if vals.get("state") == "cancelled":
                raise ValidationError(
                    self.env._(
                        "“%(interview)s” has a note, so it took place: it cannot be"
                        " cancelled. Ask the author to delete the note first.",
                        interview=interview.display_name,
                    )
                )
            if "lead_id" in vals and vals["lead_id"] != interview.lead_id.id:
                raise ValidationError(
                    self.env._(
                        "“%(interview)s” has a note: it stays with its project. Declare"
                        " another interview on the right project.",
                        interview=interview.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_noted(self):
        logs = self.env["hub.access.log"].sudo()
        kept = self._notes_of_all().interview_id
        kept |= logs.search([("interview_id", "in", self.ids)]).interview_id
        for interview in kept[:1]:
            raise UserError(
                self.env._(
                    "“%(interview)s” has a note: it is not deleted.",
                    interview=interview.display_name,
                )
            )

    def action_notes(self):
        """The notes on this interview that the user reads."""
        domain = [("interview_id", "in", self.ids)]
        notes = self.env["hub.interview.note"].search(domain)
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Confidential notes"),
            "res_model": "hub.interview.note",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"default_interview_id": self.id, "create": False},
        }
        if len(notes) == 1:
            action |= {"views": [(False, "form")], "res_id": notes.id}
        return action

    def action_write_note(self):
        """A new note on this interview."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confidential note"),
            "res_model": "hub.interview.note",
            "views": [(False, "form")],
            "context": {"default_interview_id": self.id},
        }

    def action_break_glass(self):
        """The manager's exceptional access."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_break_glass_wizard_action"
        )
        action["context"] = {"default_interview_id": self.id}
        return action
