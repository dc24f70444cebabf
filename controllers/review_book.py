from odoo.http import Controller, request, route

from .download import spreadsheet


class ReviewBook(Controller):
    """The figures of a review, as a spreadsheet."""

    @route(
        "/solidarity_hub/review/<int:review_id>/xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def review_book(self, review_id, **_kwargs):
        review = request.env["hub.annual.review"].browse(review_id).exists()
        user = request.env.user
        if (
            not review
            or review.sudo().company_id not in user.company_ids
            or not review.with_company(review.sudo().company_id).has_access("read")
        ):
            raise request.not_found()
        review = review.with_context(allowed_company_ids=review.sudo().company_id.ids)
        name = review.with_context(lang=review.lang)._file_name()
        return spreadsheet(review._book(), name)
