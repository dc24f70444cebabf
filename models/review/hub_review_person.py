from odoo import api, fields, models


class HubReviewPerson(models.Model):
    """Somebody invited to the review and asked for an answer. Whether they answered is
    known, what they said is kept for their college only."""

    _name = "hub.review.person"
    _description = "Person invited to a review"
    _inherit = ["hub.asked.person.mixin"]
    # When a row was touched would tell whose answers came in then.
    _log_access = False
    _order = "review_id, college_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _frozen_parent = "review_id"
    _asked_path = "review"
    _asked_template = "solidarity_hub.mail_template_annual_review"

    review_id = fields.Many2one(
        "hub.annual.review",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, precompute=True, index=True
    )

    def _page_owner(self):
        return self.partner_id

    def _portal_is_open(self):
        self.ensure_one()
        review = self.review_id
        return (
            review.collecting == "open"
            and review.state == "draft"
            and not self.has_answered
        )

    def _portal_values(self):
        """Plain values for the page."""
        self.ensure_one()
        review = self.review_id
        hub = self.env["hub.portal"]._contacts(review.company_id.partner_id)[0]
        values = {"hub": hub, "answered": self.has_answered}
        if not self._portal_is_open():
            return {**values, "stage": "closed"}
        return {
            **values,
            "stage": "open",
            "name": self.partner_id.name or "",
            "promise": self._portal_promise(),
            "heading": self.env._(
                "What did we change in %(year)s?", year=str(review.year)
            ),
            "lines": [self._portal_line(indicator) for indicator in review._asked()],
        }

    def _portal_promise(self):
        """What is kept of the answer, said before it is given."""
        if not self.college_id:
            return self.env._("What you answer is kept without your name.")
        return self.env._(
            "What you answer is kept for your college (%(college)s), without your"
            " name.",
            college=self.college_id.name,
        )

    @api.model
    def _portal_line(self, indicator):
        return {
            "id": indicator.id,
            "name": indicator.name,
            "question": indicator.question or "",
            "kind": indicator.kind,
            "unit": indicator.unit or "",
            "choices": indicator._value_choices(),
            "previous": "",
            "target": "",
            "baseline": "",
        }

    def _portal_answer(self, values):
        """Keep what was answered for the college, and that the person answered."""
        self.ensure_one()
        if not self._portal_is_open():
            return
        review = self.review_id
        # two taps at once: both write on one row, and Odoo begins the later one again
        self._unguarded().has_answered = True
        review._take_answers(
            {one.id: values.get(f"value_{one.id}") for one in review._asked()},
            college_id=self.college_id.id,
        )
