from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class EventRegistration(models.Model):
    """Who came to a moment is counted; the name on the sheet goes."""

    _inherit = "event.registration"

    @api.model
    def _hub_domain_of(self, partners):
        return Domain("hub_partner_id", "in", partners.ids) | (
            Domain("hub_partner_id", "=", False)
            & Domain("partner_id", "in", partners.ids)
        )

    @api.model
    def _hub_keeps_named(self, partners):
        places = self.search(
            self._hub_domain_of(partners)
            & Domain("active", "=", True)
            & Domain("state", "!=", "cancel")
            & Domain("event_id.date_end", ">=", fields.Datetime.now())
        )
        for place in places:
            yield (
                (place.hub_partner_id or place.partner_id).id,
                place.company_id.id,
                self.env._("Is registered for “%(event)s”.", event=place.event_id.name),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT COALESCE(place.hub_partner_id, place.partner_id), event.company_id,
       event.date_begin
  FROM event_registration place
  JOIN event_event event ON event.id = place.event_id
 WHERE place.hub_attendance = 'present'"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        mine = self.search(self._hub_domain_of(partner))
        booked = self.search([("partner_id", "=", partner.id)]) - mine
        forgetting._scrub(partner, booked, "name", "email", "phone", "company_name")
        names = ("email", "phone", "company_name", "hub_access_token")
        forgetting._blank(mine, *names, "registration_properties")
        if mine:
            self.env.cr.execute(
                SQL(
                    "UPDATE event_registration SET name = %s WHERE id IN %s",
                    partner._hub_anonymous_name(),
                    tuple(mine.ids),
                )
            )
            mine.invalidate_recordset(["name"])
        mine.registration_answer_ids.unlink()
        forgetting._forget_thread(mine)

    @api.model
    def _hub_held(self, partner):
        return self._hub_domain_of(partner)
