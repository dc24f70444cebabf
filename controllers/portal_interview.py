from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal

PURPOSES = {"declare", "plan"}
SHEET = "solidarity_hub.report_interview_sheet"


class HubPortalInterview(HubPortal):
    """A volunteer declares and plans interviews on the telephone."""

    @route(
        "/my/hub/project/<int:lead_id>/interviews",
        type="http",
        auth="user",
        website=True,
    )
    def interview_list(self, lead_id, page="0", **_kwargs):
        number = int(page) if page.isdecimal() else 0
        portal, partner = self._mine()
        values = portal._interview_list(partner, lead_id, min(number, 10000))
        if not values:
            raise request.not_found()
        return self._render_private("portal_interview_list", {"page": values})

    @route(
        "/my/hub/project/<int:lead_id>/interview",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def interview_declare(self, lead_id, **typed):
        return self._new_interview(lead_id, "declare", typed)

    @route(
        "/my/hub/project/<int:lead_id>/appointment",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def interview_plan(self, lead_id, **typed):
        return self._new_interview(lead_id, "plan", typed)

    @route(
        "/my/hub/interview/<int:interview_id>", type="http", auth="user", website=True
    )
    def interview_page(self, interview_id, **_kwargs):
        return self._interview_page(interview_id)

    @route(
        "/my/hub/interview/<int:interview_id>/<string:purpose>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def interview_correct(self, interview_id, purpose, **typed):
        portal, partner = self._mine()
        interview = portal._own_interview(partner, interview_id)
        if not interview or purpose not in PURPOSES:
            raise request.not_found()
        if purpose == "plan" and interview.state == "done":
            raise request.not_found()
        return self._interview_form(interview.lead_id, purpose, typed, interview)

    @route(
        "/my/hub/interview/<int:interview_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def interview_cancel(self, interview_id, **_kwargs):
        portal, partner = self._mine()
        if not portal._interview_cancel(partner, interview_id):
            raise request.not_found()
        return request.redirect(f"/my/hub/interview/{interview_id}")

    @route(
        "/my/hub/interview/<int:interview_id>/answer/<int:line_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def interview_answer(self, interview_id, line_id, channel=None, **_kwargs):
        """The holder said yes to the volunteer."""
        portal, partner = self._mine()
        line = portal._interview_line(partner, interview_id, line_id)
        if not line or channel not in {"phone", "in_person"}:
            raise request.not_found()
        line._answer_appointment("yes", channel)
        return request.redirect(f"/my/hub/interview/{interview_id}")

    @route(
        "/my/hub/interview/<int:interview_id>/wish/<int:line_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def interview_move(self, interview_id, line_id, **_kwargs):
        """The appointment is moved to the moment that the holder asked for."""
        portal, partner = self._mine()
        line = portal._interview_line(partner, interview_id, line_id)
        if not line:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                line._accept_wish()
        except UserError as error:
            return self._interview_page(interview_id, error=str(error))
        return request.redirect(f"/my/hub/interview/{interview_id}")

    @route(
        "/my/hub/interview/<int:interview_id>/sheet",
        type="http",
        auth="user",
        website=True,
    )
    def interview_sheet(self, interview_id, **_kwargs):
        portal, partner = self._mine()
        interview = portal._interview_of(partner, interview_id)
        if not interview:
            raise request.not_found()
        reports = request.env["ir.actions.report"].sudo()
        content, _kind = reports._render_qweb_pdf(SHEET, interview.ids)
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition("interview.pdf")),
                ("Cache-Control", "no-store"),
            ],
        )

    @route(
        "/my/hub/project/<int:lead_id>/handover",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def handover_ask(self, lead_id, person="", **_kwargs):
        """Somebody who reads the notes asks the holder about a successor."""
        portal, partner = self._mine()
        number = int(person) if person.isdecimal() else 0
        if not portal._handover_ask(partner, lead_id, number):
            raise request.not_found()
        return request.redirect(f"/my/hub/project/{lead_id}/interviews")

    # ------------------------------------------------------------
    # Inside
    # ------------------------------------------------------------

    def _mine(self):
        return request.env["hub.portal"], request.env.user.partner_id

    def _render_private(self, template, values):
        """A page that stays in no cache: the telephone may be somebody else's."""
        response = request.render(f"solidarity_hub.{template}", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _new_interview(self, lead_id, purpose, typed):
        portal, partner = self._mine()
        lead = portal._interview_project(partner, lead_id)
        if not lead:
            raise request.not_found()
        return self._interview_form(lead, purpose, typed)

    def _interview_form(self, lead, purpose, typed, interview=None):
        """The form, or what was typed into it; refused, it comes back as it was."""
        portal, partner = self._mine()
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    interview = portal._interview_save(
                        partner, lead, purpose, typed, interview, self._attached_files()
                    )
                return request.redirect(f"/my/hub/interview/{interview.id}")
            except UserError as refused:
                error = str(refused)
        values = portal._interview_form(
            partner, lead, purpose, interview, typed if error else None
        )
        return self._render_private(
            "portal_interview_form",
            {"page": values, "action": request.httprequest.path, "error": error},
        )

    def _interview_page(self, interview_id, error=None):
        portal, partner = self._mine()
        interview = portal._interview_of(partner, interview_id)
        if not interview:
            raise request.not_found()
        values = {"page": portal._interview_page(partner, interview), "error": error}
        return self._render_private("portal_interview_page", values)

    def _attached_files(self):
        """What was attached, as ``(name, content)``."""
        files = request.httprequest.files.getlist("files")
        return [(file.filename, file.read()) for file in files if file.filename]
