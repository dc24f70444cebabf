from odoo.exceptions import AccessError
from odoo.http import Controller, request, route

from .download import spreadsheet


class ProgrammeReport(Controller):
    """A report to a funder, as a spreadsheet."""

    @route(
        "/solidarity_hub/programme/report/<int:report_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def programme_report(self, report_id, **_kwargs):
        report = request.env["hub.programme.report"].browse(report_id)
        try:
            if not report.exists():
                raise request.not_found()
            content = report._book()
            name = report.display_name
        except AccessError:
            raise request.not_found() from None
        return spreadsheet(content, name)
