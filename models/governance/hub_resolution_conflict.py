from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class HubResolutionConflict(models.Model):
    """Somebody who leaves a vote because of a conflict of interest: recorded, and
    out of the count."""

    _name = "hub.resolution.conflict"
    _description = "Conflict of interest at a vote"
    _order = "resolution_id, id"
    _rec_name = "presence_id"
    _check_company_auto = True

    resolution_id = fields.Many2one(
        "hub.resolution",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="resolution_id.company_id", store=True, precompute=True, index=True
    )
    presence_id = fields.Many2one(
        "hub.presence",
        string="Who leaves the vote",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    reason = fields.Char(required=True)

    _presence_uniq = models.UniqueIndex(
        "(resolution_id, presence_id)", "This person has already left the vote."
    )

    @api.constrains("resolution_id", "presence_id")
    def _check_same_meeting(self):
        for conflict in self:
            if conflict.presence_id.meeting_id != conflict.resolution_id.meeting_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s has no seat at %(meeting)s.",
                        person=conflict.presence_id.display_name,
                        meeting=conflict.resolution_id.meeting_id.display_name,
                    )
                )
            voted = conflict.resolution_id.ballot_ids.presence_id
            if conflict.presence_id in voted:
                raise ValidationError(
                    self.env._(
                        "%(person)s has already voted on “%(name)s”: begin the vote"
                        " again to leave it.",
                        person=conflict.presence_id.display_name,
                        name=conflict.resolution_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        conflicts = super().create(vals_list)
        conflicts._check_open()
        return conflicts

    def write(self, vals):
        self.check_access("write")
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        for conflict in self:
            if conflict.resolution_id.state not in ("draft", "open"):
                raise UserError(
                    self.env._(
                        "The vote on “%(name)s” is over: who left it no longer"
                        " changes.",
                        name=conflict.resolution_id.display_name,
                    )
                )

    def _draft_words(self):
        """As the minutes tell it."""
        return self.env._(
            "%(person)s left the vote: %(reason)s.",
            person=self.presence_id.display_name,
            reason=self.reason.rstrip(" ."),
        )

    @api.model
    def _domain_of_bodies(self, partner):
        """Of the meetings of the bodies in which this person sits."""
        resolutions = self.env["hub.resolution"]._domain_of_bodies(partner)
        return Domain("resolution_id", "any!", resolutions)
