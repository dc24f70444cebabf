from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal


class HubPortalAbsence(HubPortal):
    """A volunteer is away, and back."""

    @route("/my/hub/absence", type="http", auth="user", website=True, methods=["POST"])
    def absence_set(self, **typed):
        portal = request.env["hub.portal"]
        try:
            with request.env.cr.savepoint():
                portal._absence_set(request.env.user.partner_id, typed)
        except UserError as error:
            request.update_context(
                hub_absence_error=str(error), hub_absence_typed=typed
            )
            return self.my_hub()
        return request.redirect("/my/hub#my_absence")

    @route(
        "/my/hub/absence/end", type="http", auth="user", website=True, methods=["POST"]
    )
    def absence_end(self, **_kwargs):
        request.env["hub.portal"]._absence_end(request.env.user.partner_id)
        return request.redirect("/my/hub#my_absence")
