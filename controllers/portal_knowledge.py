from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal


class HubPortalKnowledge(HubPortal):
    """Offers, requests and words on exchanges from the personal page."""

    @route(
        "/my/hub/knowledge/add",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def knowledge_add(self, **values):
        portal = request.env["hub.portal"]
        try:
            with request.env.cr.savepoint():
                portal._knowledge_add(request.env.user.partner_id, values)
        except UserError as error:
            request.update_context(hub_knowledge_error=str(error))
            return self.my_hub()
        return request.redirect("/my/hub#my_knowledge")

    @route(
        "/my/hub/knowledge/<int:knowledge_id>/<any(close, reopen):what>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def knowledge_change(self, knowledge_id, what, **_values):
        me = request.env.user.partner_id
        own = request.env["hub.portal"]._knowledge_own(me, knowledge_id)
        if what == "close":
            own.action_close()
        else:
            own.action_reopen()
        return request.redirect("/my/hub#my_knowledge")

    @route(
        "/my/hub/exchange/<int:line_id>/review",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def exchange_review(self, line_id, review=None, **_values):
        me = request.env.user.partner_id
        request.env["hub.portal"]._knowledge_review(me, line_id, review)
        return request.redirect("/my/hub#my_knowledge")
