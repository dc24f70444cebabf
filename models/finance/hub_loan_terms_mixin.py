from odoo import api, fields, models
from odoo.exceptions import ValidationError

METHODS = [
    ("annuity", "The same amount each time"),
    ("constant_principal", "The same principal each time"),
    ("in_fine", "All the principal at the end"),
]
GRACE_TYPES = [
    ("none", "No grace"),
    ("partial", "Only interest is paid"),
    ("total", "Nothing is paid"),
]
GRACE_POSITIONS = [
    ("inside", "Within the duration"),
    ("added", "Before the duration"),
]
MOST_LINES = 480  # forty years, monthly
# Of a loan: filled in from its kind, and then changed as agreed.
FILLED_IN = {
    "compute": "_compute_from_product",
    "compute_sudo": False,
    "store": True,
    "readonly": False,
    "precompute": True,
}


class HubLoanTermsMixin(models.AbstractModel):
    """How a loan is paid back: rate, rhythm, grace; the same words for its product."""

    _name = "hub.loan.terms.mixin"
    _description = "Terms of a loan"

    method = fields.Selection(
        METHODS, string="Repayment", required=True, default="annuity"
    )
    annual_rate = fields.Float(
        string="Rate per year (%)",
        digits=(8, 4),
        help="0: a loan without interest.",
    )
    periods = fields.Integer(
        string="Instalments",
        required=True,
        default=36,
        help="Grace included, or not, as chosen under “Grace counts”.",
    )
    period_months = fields.Integer(
        string="Months between two", required=True, default=1
    )
    grace_periods = fields.Integer(string="Instalments of grace")
    grace_type = fields.Selection(
        GRACE_TYPES,
        string="During the grace",
        required=True,
        default="none",
        help="Interest that nobody pays during the grace is paid with the first"
        " instalment after it; it bears no interest.",
    )
    grace_position = fields.Selection(
        GRACE_POSITIONS, string="Grace counts", required=True, default="inside"
    )

    def _line_count(self):
        """How many lines the schedule has."""
        self.ensure_one()
        added = self.grace_position == "added"
        return self.periods + (self.grace_periods if added else 0)

    @api.constrains(
        "annual_rate",
        "periods",
        "period_months",
        "grace_periods",
        "grace_type",
        "grace_position",
    )
    def _check_terms(self):
        for record in self:
            if problem := record._terms_problem():
                raise ValidationError(
                    self.env._(
                        "%(record)s: %(problem)s",
                        record=record.display_name or record._description,
                        problem=problem,
                    )
                )

    def _terms_problem(self):
        """What is wrong with these terms, in a sentence that says the way out."""
        self.ensure_one()
        if self.annual_rate < 0:
            return self.env._(
                "a rate is not negative (%(rate)s %%). For a loan without interest"
                " write 0.",
                rate=self.annual_rate,
            )
        if self.periods < 1:
            return self.env._("a loan is paid back in at least one instalment.")
        if not 1 <= self.period_months <= 12:
            return self.env._("there are 1 to 12 months between two instalments.")
        return self._grace_problem() or self._length_problem()

    def _grace_problem(self):
        if self.grace_periods < 0:
            return self.env._("the grace is not negative. Without grace write 0.")
        if self.grace_periods and self.grace_type == "none":
            return self.env._(
                "there are %(count)s instalments of grace: say what is paid meanwhile,"
                " interest only or nothing.",
                count=self.grace_periods,
            )
        if self.grace_position == "inside" and self.grace_periods >= self.periods:
            return self.env._(
                "%(grace)s instalments of grace within %(periods)s leave none to pay"
                " back. Shorten the grace, lengthen the loan, or count the grace"
                " before the duration.",
                grace=self.grace_periods,
                periods=self.periods,
            )
        return None

    def _length_problem(self):
        if self._line_count() > MOST_LINES:
            return self.env._(
                "a loan has at most %(count)s instalments.", count=MOST_LINES
            )
        return None
