from odoo import fields
from odoo.http import Controller, request, route

from .download import spreadsheet


class LoanBook(Controller):
    """The loans of a hub, as a spreadsheet."""

    @route(
        "/solidarity_hub/loans/<int:company_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def loan_book(self, company_id, **_kwargs):
        if company_id not in request.env.user.company_ids.ids:
            raise request.not_found()
        request.update_context(allowed_company_ids=[company_id])
        content = request.env["hub.loan"]._book(request.env.company)
        day = fields.Date.context_today(request.env["hub.loan"])
        name = request.env._("Loans %(date)s", date=day)
        return spreadsheet(content, name)
