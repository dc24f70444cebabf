from odoo import fields, models

from .hub_volunteer_hours_value import VALUED


class HubProgramme(models.Model):
    """The time that counts under a programme, as its funder asks for it."""

    _inherit = "hub.programme"

    hours_paid = fields.Float(
        string="Hours of employees",
        compute="_compute_hours",
        groups=VALUED,
        help="Validated hours.",
    )
    hours_given = fields.Float(
        string="Hours of volunteers",
        compute="_compute_hours",
        groups=VALUED,
        help="Validated hours, qualified persons included.",
    )

    def _compute_hours(self):
        self.hours_paid = self.hours_given = 0
        for programme, kind, hours in self.env["hub.volunteer.hours"]._read_group(
            [("programme_id", "in", self.ids), ("state", "=", "validated")],
            ["programme_id", "role_kind"],
            ["hours:sum"],
        ):
            if kind == "employee":
                programme.hours_paid += hours
            else:
                programme.hours_given += hours

    def action_hours(self):
        """Time under this programme, by person and function."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_hours_programme_action"
        )
        return dict(
            action,
            name=self.env._("Time: %(programme)s", programme=self.name),
            domain=[("programme_id", "=", self.id)],
            path=False,
        )
