from odoo import fields, models


class HubReviewAnswer(models.Model):
    """What a member of a college answered about the year. The college is kept, the
    person is not: neither a name nor a time."""

    _name = "hub.review.answer"
    _description = "Answer of a college"
    _inherit = ["hub.value.mixin"]
    _log_access = False
    _order = "review_id, indicator_id, value"
    _check_company_auto = True
    _value_fields = ("value",)

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
    college_id = fields.Many2one(
        "hub.college", index=True, ondelete="restrict", check_company=True
    )
    indicator_id = fields.Many2one(
        "hub.indicator", required=True, index=True, ondelete="restrict"
    )
    value = fields.Char(required=True)
