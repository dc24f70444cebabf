from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .hub_pairing import OPEN_STATES


class HubProjectHolder(models.Model):
    _inherit = "hub.project.holder"

    @api.constrains("lead_id", "partner_id")
    def _check_not_beside_the_project(self):
        """Nobody accompanies a project of his own, also when he joins it later."""
        beside = (
            self.env["hub.pairing"]
            .sudo()
            .search(
                Domain("lead_id", "in", self.lead_id.ids)
                & Domain("state", "in", OPEN_STATES)
            )
            .grouped("lead_id")
        )
        for holder in self:
            person = holder.partner_id
            for pairing in beside.get(holder.lead_id.sudo(), ()):
                volunteer = pairing.volunteer_id
                email = volunteer.email_normalized
                if volunteer == person or (email and email == person.email_normalized):
                    raise ValidationError(
                        self.env._(
                            "%(person)s accompanies “%(project)s” and cannot carry it"
                            " at the same time. End this accompaniment first, or"
                            " correct the e-mail address if they are two people.",
                            person=person.display_name,
                            project=holder.lead_id.name,
                        )
                    )
