from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HubMeetingLineMixin(models.AbstractModel):
    """What belongs to a meeting: once the minutes are approved it no longer changes.

    A model lists in ``_after_minutes`` the fields that stay open.
    """

    _name = "hub.meeting.line.mixin"
    _description = "Part of a meeting"
    _check_company_auto = True
    _after_minutes = frozenset()

    meeting_id = fields.Many2one(
        "hub.meeting",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, precompute=True, index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_not_minuted()
        return lines

    def write(self, vals):
        closed = set(vals) - self._after_minutes
        if closed:
            self._check_not_minuted()
        result = super().write(vals)
        if "meeting_id" in closed:
            self._check_not_minuted()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_minuted(self):
        self._check_not_minuted()

    def _check_not_minuted(self):
        for line in self.filtered(lambda one: one.meeting_id.state == "minuted"):
            raise UserError(
                self.env._(
                    "The minutes of %(meeting)s are approved: “%(line)s” no longer"
                    " changes, and nothing is added or taken out.",
                    meeting=line.meeting_id.display_name,
                    line=line.display_name,
                )
            )

    @api.model
    def _domain_of_bodies(self, partner):
        """Of the meetings of the bodies in which this person sits."""
        meetings = self.env["hub.meeting"]._hub_domain_for(partner)
        return Domain("meeting_id", "any!", meetings)

    @api.model
    def _domain_of_convocations(self, partner):
        """Of the meetings to which this person is convened."""
        meetings = self.env["hub.meeting"]._domain_convened(partner)
        return Domain("meeting_id", "any!", meetings)
