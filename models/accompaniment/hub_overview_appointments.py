from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

DAYS = 3


class HubOverview(models.AbstractModel):
    """Appointments that somebody has to move, or to confirm on the telephone."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        team = user.has_group("solidarity_hub.group_hub_adviser")
        if not team and not user.has_group("solidarity_hub.group_hub_volunteer"):
            return figures
        action = "solidarity_hub.hub_appointment_action"
        to_come = self.env["hub.interview"]._domain_to_come()
        figures += self._prepare_list_figure(
            "appointments_to_move",
            self.env._("Appointments to move"),
            action,
            to_come & Domain("appointment_answer", "in", ["no"]),
            15,
            urgent=True,
        )
        return figures + self._prepare_list_figure(
            "appointments_to_confirm",
            self.env._("Appointments of the next days without an answer"),
            action,
            to_come
            & Domain("date_start", "<", fields.Datetime.now() + timedelta(days=DAYS))
            & Domain("appointment_answer", "in", ["waiting"]),
            60,
        )
