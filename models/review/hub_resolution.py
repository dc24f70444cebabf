from odoo import models
from odoo.exceptions import UserError

from ...reports.print_words import long_date


class HubResolution(models.Model):
    """What a proposal of a review is told of its resolution."""

    _inherit = "hub.resolution"

    def _told_to_proposal(self):
        """“On the agenda: Board, 3 March”, then “Adopted on 3 March 2026”."""
        self.ensure_one()
        meeting = self.meeting_id
        if self.state == "withdrawn":
            return self.env._("Withdrawn: %(meeting)s", meeting=meeting.display_name)
        if self.state != "closed":
            return self.env._(
                "On the agenda: %(meeting)s", meeting=meeting.display_name
            )
        day = long_date(self.env, meeting._day())
        if self.result == "adopted":
            return self.env._("Adopted on %(date)s", date=day)
        return self.env._("Rejected on %(date)s", date=day)

    def _check_not_voted(self):
        for resolution in self.filtered(lambda r: r.state in ("open", "closed")):
            raise UserError(
                self.env._(
                    "The vote on “%(name)s” is open or over: the proposal follows what"
                    " was decided. To change it, put another proposal to the vote.",
                    name=resolution.display_name,
                )
            )
