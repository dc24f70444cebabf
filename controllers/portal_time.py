from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal


class HubPortalTime(HubPortal):
    """A volunteer notes time from the personal page."""

    @route("/my/hub/time/add", type="http", auth="user", website=True, methods=["POST"])
    def time_add(self, **values):
        portal = request.env["hub.portal"]
        try:
            with request.env.cr.savepoint():
                portal._time_add(request.env.user.partner_id, values)
        except UserError as error:
            request.update_context(hub_time_error=str(error))
            return self.my_hub()
        return request.redirect("/my/hub#my_time")

    @route(
        "/my/hub/time/<int:line_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def time_remove(self, line_id, **_values):
        request.env["hub.portal"]._time_remove(request.env.user.partner_id, line_id)
        return request.redirect("/my/hub#my_time")
