from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.fields import Domain

from .hub_interview_presence import ACCOMPANYING


class HubPairing(models.Model):
    """An accompaniment that ends takes its appointments with it."""

    _inherit = "hub.pairing"

    def write(self, vals):
        ending = self.browse()
        if vals.get("state") == "ended":
            ending = self.filtered(lambda pairing: pairing.state == "active")
        result = super().write(vals)
        ending.sudo()._give_up_appointments()
        return result

    def _give_up_appointments(self):
        """Who no longer accompanies is expected at no appointment after the last day.

        Where nobody else receives the person, the appointment is cancelled, and the
        holder is told; otherwise it stands with those who remain.
        """
        for pairing in self:
            me = pairing.volunteer_id
            planned = self.env["hub.interview"].search(pairing._domain_appointments())
            lines = planned.presence_ids.filtered(lambda p: p.quality in ACCOMPANYING)
            kept = lines.filtered_domain([("partner_id", "!=", me.id)]).interview_id
            kept.presence_ids.filtered_domain([("partner_id", "=", me.id)]).unlink()
            (planned - kept).write({"state": "cancelled"})

    def _domain_appointments(self):
        zone = pytz.timezone(self.company_id._hub_tz() or "UTC")
        day_after = (self.date_end or fields.Date.context_today(self)) + timedelta(1)
        midnight = zone.localize(datetime.combine(day_after, time.min))
        since = midnight.astimezone(pytz.utc).replace(tzinfo=None)
        return (
            Domain("lead_id", "=", self.lead_id.id)
            & Domain("state", "=", "planned")
            & Domain("date_start", ">=", max(since, fields.Datetime.now()))
            & Domain(
                "presence_ids",
                "any",
                [
                    ("partner_id", "=", self.volunteer_id.id),
                    ("quality", "in", ACCOMPANYING),
                ],
            )
        )
