from odoo import fields
from odoo.http import Controller, request, route

from .download import spreadsheet


class TimeBook(Controller):
    """The time given in a hub, as a spreadsheet."""

    @route(
        "/solidarity_hub/time/<int:company_id>/<string:date_from>/<string:date_to>",
        type="http",
        auth="user",
        readonly=True,
    )
    def time_book(self, company_id, date_from, date_to, **_kwargs):
        if company_id not in request.env.user.company_ids.ids:
            raise request.not_found()
        try:
            start, end = map(fields.Date.to_date, (date_from, date_to))
        except ValueError:
            raise request.not_found() from None
        request.update_context(allowed_company_ids=[company_id])
        hours = request.env["hub.volunteer.hours"]
        content = hours._book(request.env.company, start, end)
        name = request.env._("Time given %(start)s %(end)s", start=start, end=end)
        return spreadsheet(content, name)
