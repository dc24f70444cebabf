from odoo import api, fields, models
from odoo.exceptions import UserError

# Those who receive and accompany, and may read what was written.
ACCOMPANYING = ("volunteer", "staff")


class HubInterviewPresence(models.Model):
    """Who was at an interview, and in what quality."""

    _name = "hub.interview.presence"
    _description = "Person present at an interview"
    _order = "quality, id"
    _check_company_auto = True

    interview_id = fields.Many2one(
        "hub.interview",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="interview_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    quality = fields.Selection(
        [
            ("holder", "Project holder"),
            ("volunteer", "Volunteer"),
            ("staff", "Team"),
            ("guest", "Guest"),
        ],
        string="As",
        required=True,
        default="volunteer",
    )

    @api.depends("partner_id.display_name")
    def _compute_display_name(self):
        for presence in self:
            presence.display_name = presence.partner_id.display_name or ""

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """The holder of the project is there as holder, a colleague as the team."""
        holders = self.interview_id.lead_id.hub_holder_ids.partner_id
        if self.partner_id._origin in holders:
            self.quality = "holder"
        elif self.partner_id.user_ids.filtered(lambda user: not user.share):
            self.quality = "staff"

    @api.model_create_multi
    def create(self, vals_list):
        presences = super().create(vals_list)
        presences.interview_id._notes_of_all()._follow_presences()
        return presences

    def write(self, vals):
        if "interview_id" in vals:
            raise UserError(
                self.env._("Add the person to the other interview, and remove it here.")
            )
        result = super().write(vals)
        if {"partner_id", "quality"} & set(vals):
            self.interview_id._check_somebody_accompanies()
            self.interview_id._notes_of_all()._follow_presences()
        return result

    def unlink(self):
        interviews = self.interview_id
        result = super().unlink()
        interviews.exists()._check_somebody_accompanies()
        interviews.exists()._notes_of_all()._follow_presences()
        return result

    @api.model
    def _hub_domain_for(self, partner):
        """People of the interviews that are somebody's own."""
        interviews = self.env["hub.interview"]._hub_domain_for(partner)
        return [("interview_id", "any", list(interviews))]
