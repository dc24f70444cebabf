from odoo import api, fields, models
from odoo.exceptions import UserError


class HubMeetingCollege(models.Model):
    """A college as it was when the meeting was convened: its name and its weight."""

    _name = "hub.meeting.college"
    _description = "College of a meeting"
    _inherit = ["hub.meeting.line.mixin", "hub.guard.mixin"]
    _order = "meeting_id, sequence, id"
    _guarded_fields = frozenset(
        {"meeting_id", "college_id", "sequence", "name", "weight", "seats"}
    )

    college_id = fields.Many2one(
        "hub.college", required=True, ondelete="restrict", check_company=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    weight = fields.Integer()
    seats = fields.Integer()

    _college_uniq = models.UniqueIndex(
        "(meeting_id, college_id)", "This college already sits in this meeting."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convening(self):
        if not self._guard_is_open():
            raise UserError(
                self.env._(
                    "Colleges and weights of a meeting are those of its convocation."
                )
            )
