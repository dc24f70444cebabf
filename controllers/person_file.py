from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, content_disposition, request, route


class PersonFile(Controller):
    """Everything held about a person, in one file to hand out."""

    @route(
        "/solidarity_hub/person/<int:partner_id>/file",
        type="http",
        auth="user",
        readonly=True,
    )
    def person_file(self, partner_id, **_kwargs):
        partner = request.env["res.partner"].browse(partner_id)
        try:
            if not partner.exists():
                raise request.not_found()
            content = request.env["hub.person.file"]._content(partner)
        except (AccessError, UserError):
            raise request.not_found() from None
        name = request.env._("What is held about %(name)s", name=partner.name or "")
        return request.make_response(
            content,
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(f"{name}.zip")),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
