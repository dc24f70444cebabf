from odoo.http import content_disposition, request, route

from .portal import HubPortal


class HubPortalSupport(HubPortal):
    """A funder takes the statement of his or her support along."""

    @route(
        "/my/hub/support/<int:funder_id>/<int:company_id>/statement",
        type="http",
        auth="user",
        website=True,
        readonly=False,
    )
    def support_statement(self, funder_id, company_id, **_values):
        found = request.env["hub.portal"]._support_statement(
            request.env.user.partner_id, funder_id, company_id
        )
        if not found:
            raise request.not_found()
        name, content = found
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
