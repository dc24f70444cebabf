from odoo.exceptions import UserError
from odoo.http import request, route

from .portal_interview import HubPortalInterview


class HubPortalNote(HubPortalInterview):
    """The confidential note of an interview, and its files."""

    @route(
        "/my/hub/interview/<int:interview_id>/note",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def note_write(self, interview_id, **typed):
        portal, partner = self._mine()
        interview = portal._own_interview(partner, interview_id)
        if not interview or interview.state != "done":
            raise request.not_found()
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    portal._note_save(partner, interview, typed, self._attached_files())
                return request.redirect(f"/my/hub/interview/{interview_id}")
            except UserError as refused:
                error = str(refused)
        [row] = portal._interview_rows(partner, interview).values()
        note = portal._note_form(partner, interview, typed if error else None)
        return self._render_private(
            "portal_note_form", {"page": row, "note": note, "error": error}
        )

    @route(
        "/my/hub/note/<int:note_id>/file/<int:file_id>",
        type="http",
        auth="user",
        website=True,
    )
    def note_file(self, note_id, file_id, **_kwargs):
        portal, partner = self._mine()
        file = portal._note_file(partner, note_id, file_id)
        if not file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file)
        # Never shown inside the page of the hub, whatever it holds.
        response = stream.get_response(as_attachment=True, immutable=False)
        response.headers["Cache-Control"] = "no-store"
        return response

    @route(
        "/my/hub/note/<int:note_id>/file/<int:file_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def note_file_remove(self, note_id, file_id, **_kwargs):
        portal, partner = self._mine()
        interview = portal._note_file_remove(partner, note_id, file_id)
        if not interview:
            raise request.not_found()
        return request.redirect(f"/my/hub/interview/{interview.id}")
