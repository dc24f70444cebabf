from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal

ANSWERS = {"yes", "no"}


class HubPortalMoments(HubPortal):
    """Workshops in one tap, on the personal page or by a personal link."""

    @route(
        "/my/hub/moment/<int:event_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def moment_answer(self, event_id, answer=None, **_kwargs):
        partner = request.env.user.partner_id
        event = request.env["hub.portal"]._moment_of(partner, event_id)
        if not event or answer not in ANSWERS:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                event._hub_answer_for(partner, answer)
        except UserError as error:
            request.update_context(hub_moment_error=str(error))
            return self.my_hub()
        return request.redirect(f"/my/hub#moment_{event_id}")

    @route("/my/hub/moment/<int:event_id>/calendar", type="http", auth="user")
    def moment_calendar(self, event_id, **_kwargs):
        partner = request.env.user.partner_id
        event = request.env["hub.portal"]._moment_of(partner, event_id)
        if not event:
            raise request.not_found()
        return self._calendar(event)

    @route("/my/hub/place/<int:place_id>", type="http", auth="public", website=True)
    def place_page(self, place_id, access_token=None, **_kwargs):
        place = self._place_of(place_id, access_token)
        if not place:
            raise request.not_found()
        return self._render_place(place, access_token)

    @route(
        "/my/hub/place/<int:place_id>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def place_answer(self, place_id, access_token=None, answer=None, **_kwargs):
        place = self._place_of(place_id, access_token)
        if not place or answer not in ANSWERS:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                place._hub_record_answer(answer, "portal")
        except UserError as error:
            return self._render_place(place, access_token, error=str(error))
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(place._hub_page() + query)

    @route("/my/hub/place/<int:place_id>/calendar", type="http", auth="public")
    def place_calendar(self, place_id, access_token=None, **_kwargs):
        place = self._place_of(place_id, access_token)
        if not place:
            raise request.not_found()
        return self._calendar(place.event_id)

    def _place_of(self, place_id, access_token):
        """The place, when the token or the person logged in opens it.

        A wrong number and a wrong token get the same answer: nothing.
        """
        places = request.env["event.registration"].sudo()
        place = places.search(
            [
                ("id", "=", place_id),
                ("hub_format", "!=", False),
                ("event_id.active", "=", True),
            ]
        )
        user = request.env.user
        mine = not user._is_public() and place._hub_attendee() == user.partner_id
        if not place or not (place._hub_token_opens(access_token) or mine):
            return None
        return self._in_language_of(place, place._hub_attendee())

    def _render_place(self, place, access_token, error=None):
        token = access_token or ""
        values = {
            "error": error,
            "access_token": token,
            "moment": place._hub_place_card(),
            "others": place._hub_other_places(),
            "hub": place._hub_whom_to_call(),
        }
        return request.render("solidarity_hub.portal_place", values)

    def _calendar(self, event):
        return request.make_response(
            event._hub_calendar_file(),
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{event.name}.ics")),
            ],
        )
