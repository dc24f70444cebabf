from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(content, name):
    """The answer by which a browser saves a workbook.

    :param content: bytes of the .xlsx file
    :param name: its name, without ending
    """
    return request.make_response(
        content,
        [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
