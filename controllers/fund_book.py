from odoo import fields
from odoo.http import Controller, request, route

from .download import spreadsheet


class FundBook(Controller):
    """The fund book of a hub, as a spreadsheet."""

    @route(
        "/solidarity_hub/funds/<int:company_id>/<string:date_from>/<string:date_to>",
        type="http",
        auth="user",
        readonly=True,
    )
    def fund_book(self, company_id, date_from, date_to, **_kwargs):
        if company_id not in request.env.user.company_ids.ids:
            raise request.not_found()
        try:
            start, end = map(fields.Date.to_date, (date_from, date_to))
        except ValueError:
            raise request.not_found() from None
        request.update_context(allowed_company_ids=[company_id])
        content = request.env["hub.fund"]._spreadsheet(request.env.company, start, end)
        name = request.env._("Fund book %(start)s %(end)s", start=start, end=end)
        return spreadsheet(content, name)
