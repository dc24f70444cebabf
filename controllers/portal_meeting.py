from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal

PAGE = "/my/hub/convocation/<int:line_id>"


class HubPortalMeeting(HubPortal):
    """The page of a convocation: opened by its own link, or by whoever is logged in.

    A wrong number and a wrong key get the same answer: nothing.
    """

    @route(PAGE, type="http", auth="public", website=True)
    def convocation(self, line_id, access_token=None, **_kwargs):
        return self._render_convocation(self._seat(line_id, access_token), access_token)

    @route(f"{PAGE}/answer", type="http", auth="public", website=True, methods=["POST"])
    def convocation_answer(self, line_id, answer=None, access_token=None, **_kwargs):
        if answer not in ("yes", "no"):
            raise request.not_found()
        return self._do(
            line_id, access_token, lambda line: line._answer(answer, "portal")
        )

    @route(f"{PAGE}/proxy", type="http", auth="public", website=True, methods=["POST"])
    def convocation_proxy(
        self, line_id, holder=None, revoke=None, access_token=None, **_kwargs
    ):
        if revoke:
            return self._do(
                line_id, access_token, lambda line: line.action_revoke_proxy()
            )
        return self._do(
            line_id,
            access_token,
            lambda line: line.action_give_proxy(self._number(holder), "portal"),
        )

    @route(f"{PAGE}/vote", type="http", auth="public", website=True, methods=["POST"])
    def convocation_vote(
        self,
        line_id,
        resolution_id=None,
        seat_id=None,
        choice=None,
        access_token=None,
        **_kwargs,
    ):
        def vote(line):
            resolutions = line.meeting_id.resolution_ids
            resolution = resolutions.filtered(
                lambda r: r.id == self._number(resolution_id)
            )
            seat = line.meeting_id.presence_ids.filtered(
                lambda one: one.id == self._number(seat_id)
            )
            if not resolution or not seat:
                raise request.not_found()
            resolution._cast_from(line, seat, choice, self._person(line))

        return self._do(line_id, access_token, vote)

    # Files

    @route(f"{PAGE}/convocation", type="http", auth="public", website=True)
    def convocation_pdf(self, line_id, access_token=None, **_kwargs):
        meeting = self._seat(line_id, access_token).meeting_id
        return self._file(meeting, "convocation_file", meeting.convocation_name)

    @route(f"{PAGE}/document/<int:file_id>", type="http", auth="public", website=True)
    def convocation_document(self, line_id, file_id, access_token=None, **_kwargs):
        line = self._seat(line_id, access_token)
        file = line.meeting_id.document_ids.filtered(lambda one: one.id == file_id)
        if not file:
            raise request.not_found()
        return self._file(file, "raw", file.name)

    @route(f"{PAGE}/file/<int:resolution_id>", type="http", auth="public", website=True)
    def convocation_file(self, line_id, resolution_id, access_token=None, **_kwargs):
        line = self._seat(line_id, access_token)
        values = line._portal_file_values(self._person(line), resolution_id)
        if not values:
            raise request.not_found()
        return request.render(
            "solidarity_hub.portal_called_file",
            values | {"query": self._query(access_token)},
        )

    @route(
        f"{PAGE}/file/<int:resolution_id>/paper/<int:paper_id>",
        type="http",
        auth="public",
        website=True,
    )
    def convocation_paper(
        self, line_id, resolution_id, paper_id, access_token=None, **_kwargs
    ):
        line = self._seat(line_id, access_token)
        paper = line._called_paper(self._person(line), resolution_id, paper_id)
        if not paper:
            raise request.not_found()
        return self._file(paper, "raw", paper.name)

    @route(f"{PAGE}/calendar", type="http", auth="public", website=True)
    def convocation_calendar(self, line_id, access_token=None, **_kwargs):
        meeting = self._seat(line_id, access_token).meeting_id
        content = meeting._calendar_file()
        if not content:
            raise request.not_found()
        name = meeting._file_name("", "ics")
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)

    @route(f"{PAGE}/minutes/<int:minutes_id>", type="http", auth="public", website=True)
    def convocation_minutes(self, line_id, minutes_id, access_token=None, **_kwargs):
        last = self._seat(line_id, access_token).meeting_id._meeting_before()
        minutes = last.minutes_ids.filtered(
            lambda one: one.id == minutes_id and one.state == "approved"
        )
        return self._minutes(minutes)

    @route("/my/hub/minutes/<int:minutes_id>", type="http", auth="user", website=True)
    def my_minutes(self, minutes_id, **_kwargs):
        partner = request.env.user.partner_id
        own = request.env["hub.portal"]._minutes_of(partner)
        return self._minutes(own.filtered(lambda one: one.id == minutes_id))

    # What they share

    def _minutes(self, minutes):
        if not minutes:
            raise request.not_found()
        if minutes.signed_scan:
            return self._file(minutes, "signed_scan", minutes.signed_scan_name)
        file = minutes.frozen_pdf_id
        if not file:
            raise request.not_found()
        return self._file(file, "raw", file.name)

    def _file(self, record, field, name):
        if not record[field]:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(
            record, field, filename=name or None
        )
        return stream.get_response(as_attachment=True)

    def _do(self, line_id, access_token, act):
        """Do what was asked, then show the page again, with what stood against it."""
        line = self._seat(line_id, access_token)
        try:
            with request.env.cr.savepoint():
                act(line)
        except UserError as error:
            return self._render_convocation(line, access_token, error=str(error))
        return request.redirect(line.access_url + self._query(access_token))

    def _seat(self, line_id, access_token):
        """The seat, when the key or the person logged in opens it."""
        line = request.env["hub.presence"].sudo().browse(line_id).exists()
        user = request.env.user
        own = line and not user._is_public() and line._is_of(user.partner_id)
        if not line or not (own or line._token_opens(access_token)):
            raise request.not_found()
        person = self._person(line)
        return self._in_language_of(line, person if person.lang else line.meeting_id)

    def _person(self, line):
        """Who acts: whoever is logged in and sits here, else whoever holds the key."""
        partner = request.env.user.partner_id
        if not request.env.user._is_public() and line._is_of(partner):
            return partner
        return line.partner_id

    def _render_convocation(self, line, access_token, error=None):
        values = line._portal_values(self._person(line))
        return request.render(
            "solidarity_hub.portal_convocation",
            values
            | {
                "error": error,
                "access_token": access_token or "",
                "query": self._query(access_token),
            },
        )

    def _query(self, access_token):
        return f"?access_token={access_token}" if access_token else ""

    def _number(self, text):
        return int(text) if (text or "").isdecimal() else None
