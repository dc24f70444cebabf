from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal


class HubPortalAppointment(HubPortal):
    """A holder confirms an appointment or asks to move it, without a password."""

    @route(
        "/my/hub/appointment/<int:line_id>", type="http", auth="public", website=True
    )
    def appointment_page(self, line_id, access_token=None, **_kwargs):
        line = self._appointment_of(line_id, access_token)
        if not line:
            raise request.not_found()
        return self._render_appointment(line, access_token)

    @route(
        "/my/hub/appointment/<int:line_id>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def appointment_answer(self, line_id, access_token=None, answer=None, **typed):
        line = self._appointment_of(line_id, access_token)
        if not line or answer not in {"yes", "no"}:
            raise request.not_found()
        if line._page_state() == "open":
            try:
                with request.env.cr.savepoint():
                    request.env["hub.portal"]._appointment_answer(line, answer, typed)
            except UserError as error:
                return self._appointment_refused(line, access_token, typed, str(error))
        if not access_token:
            return request.redirect("/my/hub#next_appointment")
        return request.redirect(f"{line._portal_path()}?access_token={access_token}")

    @route(
        "/my/hub/appointment/<int:line_id>/calendar",
        type="http",
        auth="public",
        website=True,
    )
    def appointment_calendar(self, line_id, access_token=None, **_kwargs):
        line = self._appointment_of(line_id, access_token)
        content = line and line._page_state() == "open" and line.interview_id
        content = content and content._calendar_file()
        if not content:
            raise request.not_found()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", content_disposition("appointment.ics")),
                ("Cache-Control", "no-store"),
            ],
        )

    @route(
        "/my/hub/handover/<int:handover_id>", type="http", auth="public", website=True
    )
    def handover_page(self, handover_id, access_token=None, **_kwargs):
        handover = self._handover_of(handover_id, access_token)
        if not handover:
            raise request.not_found()
        return request.render(
            "solidarity_hub.portal_handover",
            {
                "question": handover._card(),
                "token": access_token or "",
                "hub": self._whom_to_call(handover),
            },
        )

    @route(
        "/my/hub/handover/<int:handover_id>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def handover_answer(self, handover_id, access_token=None, answer=None, **_kwargs):
        handover = self._handover_of(handover_id, access_token)
        if not handover or answer not in {"yes", "no"}:
            raise request.not_found()
        if handover.answer == "waiting":
            handover._answer_as_holder(answer)
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(handover._portal_path() + query)

    # ------------------------------------------------------------
    # Whose page it is
    # ------------------------------------------------------------

    def _appointment_of(self, line_id, access_token):
        """The line, when the token or the person logged in opens it.

        A wrong number and a wrong token get the same answer: nothing.
        """
        lines = request.env["hub.interview.presence"].sudo()
        line = lines.browse(line_id).exists()
        if not line or line.quality != "holder":
            return None
        user = request.env.user
        mine = not user._is_public() and user.partner_id == line.partner_id
        if not mine and not line._token_opens(access_token):
            return None
        return self._in_language_of(line, line.partner_id)

    def _handover_of(self, handover_id, access_token):
        handovers = request.env["hub.interview.handover"].sudo()
        handover = handovers.browse(handover_id).exists()
        user = request.env.user
        mine = (
            handover
            and not user._is_public()
            and user.partner_id in handover.lead_id.hub_holder_ids.partner_id
        )
        if not handover or not (mine or handover._token_opens(access_token)):
            return None
        return self._in_language_of(handover, handover._holder())

    def _whom_to_call(self, record):
        """Whom to call at the hub."""
        hub = record.sudo().company_id.partner_id
        return request.env["hub.portal"]._contacts(hub)[0]

    def _render_appointment(self, line, access_token, typed=None, error=None):
        values = {
            "card": line._card(),
            "token": access_token or "",
            "typed": typed or {},
            "error": error,
            "hub": self._whom_to_call(line),
        }
        return request.render("solidarity_hub.portal_appointment", values)

    def _appointment_refused(self, line, access_token, typed, error):
        """The page as it was filled in, with the reason."""
        if access_token:
            return self._render_appointment(line, access_token, typed, error)
        request.update_context(
            hub_appointment_error=error, hub_appointment_typed=dict(typed, id=line.id)
        )
        return self.my_hub()
