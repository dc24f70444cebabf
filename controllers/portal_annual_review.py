from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal

ASKED = "/my/hub/review/<int:person_id>"
COLLEGE = "/my/hub/review-college/<int:line_id>"


class HubPortalAnnualReview(HubPortal):
    """The review of a year on a telephone: say how one sees it, sign for a college,
    read what was published."""

    @route(ASKED, type="http", auth="public", website=True)
    def review_person(self, person_id, access_token=None, **_kwargs):
        person = self._review_record("hub.review.person", person_id, access_token)
        return self._render_review(person, "review", access_token)

    @route(
        f"{ASKED}/answer", type="http", auth="public", website=True, methods=["POST"]
    )
    def review_person_answer(self, person_id, access_token=None, **values):
        person = self._review_record("hub.review.person", person_id, access_token)
        return self._review_post(
            person, "review", access_token, values, person._portal_answer, values
        )

    @route(COLLEGE, type="http", auth="public", website=True)
    def review_college(self, line_id, access_token=None, **_kwargs):
        line = self._review_record("hub.review.college", line_id, access_token)
        return self._render_review(line, "review-college", access_token)

    @route(
        f"{COLLEGE}/sign", type="http", auth="public", website=True, methods=["POST"]
    )
    def review_college_sign(self, line_id, access_token=None, words=None, **_kwargs):
        line = self._review_record("hub.review.college", line_id, access_token)
        typed = {"words": words or ""}
        return self._review_post(
            line, "review-college", access_token, typed, line._portal_sign, words
        )

    @route(
        "/my/hub/published-review/<int:review_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def published_review(self, review_id, **_kwargs):
        """The printed review, for whoever has or had a role in this hub."""
        reviews = request.env["hub.annual.review"]
        partner = request.env.user.partner_id
        review = reviews._published_for(partner).filtered(lambda r: r.id == review_id)
        if not review:
            raise request.not_found()
        return request.make_response(
            review.frozen_pdf_id.raw,
            [
                ("Content-Type", "application/pdf"),
                (
                    "Content-Disposition",
                    content_disposition(review.frozen_pdf_id.name),
                ),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _review_record(self, model, record_id, access_token):
        """A wrong number and a wrong link get the same answer: nothing."""
        record = request.env[model].sudo().browse(record_id).exists()
        person = record and record._page_owner()
        user = request.env.user
        if not record or not (
            record._token_opens(access_token)
            or (not user._is_public() and person and user.partner_id == person)
        ):
            raise request.not_found()
        return self._in_language_of(record, person)

    def _review_post(self, record, page, access_token, typed, method, *args):
        try:
            with request.env.cr.savepoint():
                method(*args)
        except UserError as error:
            return self._render_review(
                record, page, access_token, error=str(error), typed=typed
            )
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(f"/my/hub/{page}/{record.id}{query}")

    def _render_review(self, record, page, access_token, error=None, typed=None):
        values = record._portal_values()
        values |= {
            "page_url": f"/my/hub/{page}/{record.id}",
            "access_token": access_token or "",
            "error": error,
            "typed": typed or {},
        }
        template = page.replace("-", "_")
        return request.render(f"solidarity_hub.portal_{template}", values)
