from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from .download import spreadsheet


class NetworkYear(Controller):
    """A year of the hubs of a network, as a spreadsheet."""

    @route(
        "/solidarity_hub/network/<int:year>/<string:hubs>",
        type="http",
        auth="user",
        readonly=True,
    )
    def network_year(self, year, hubs, **_kwargs):
        numbers = [int(part) for part in hubs.split("-") if part.isdecimal()]
        allowed = request.env["hub.network"]._hubs()
        companies = allowed.filtered(lambda hub: hub.id in numbers)
        try:
            if len(companies) != len(set(numbers)):
                raise request.not_found()
            content = request.env["hub.network.year"]._book(companies, year)
        except (AccessError, UserError):
            raise request.not_found() from None
        name = request.env._("Network of hubs %(year)s", year=year)
        return spreadsheet(content, name)
