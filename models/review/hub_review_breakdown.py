from odoo import api, fields, models


class HubReviewBreakdown(models.Model):
    """Those accompanied in a year by gender, territory...: only what may be published.

    No group is smaller than the hub's smallest group, and none can be worked out from
    the others.
    """

    _name = "hub.review.breakdown"
    _description = "Breakdown of a review"
    _inherit = ["hub.frozen.line.mixin"]
    _order = "review_id, sequence, id"
    _rec_name = "dimension_label"
    _check_company_auto = True
    _frozen_parent = "review_id"

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
    year = fields.Integer(
        related="review_id.year", store=True, precompute=True, aggregator=None
    )
    sequence = fields.Integer(default=10)
    base = fields.Char(required=True, help="The figure that is broken down.")
    base_label = fields.Char(string="Of", compute="_compute_labels")
    dimension = fields.Char(required=True)
    dimension_label = fields.Char(string="By", required=True)
    group = fields.Char()
    part = fields.Selection(
        [
            ("one", "One group"),
            ("unsaid", "Not said"),
            ("others", "Others, together"),
        ],
        required=True,
    )
    group_label = fields.Char(string="Who", compute="_compute_labels")
    count = fields.Integer(aggregator=None)
    hidden = fields.Boolean(string="Not shown")

    @api.depends("base", "group", "part", "hidden", "review_id.figure_ids.name")
    @api.depends_context("lang")
    def _compute_labels(self):
        parts = dict(self._fields["part"]._description_selection(self.env))
        for line in self:
            figures = line.review_id.figure_ids.filtered(
                lambda figure, code=line.base: figure.code == code
            )
            line.base_label = figures[:1].name or line.base
            if line.hidden:
                line.group_label = self.env._("Not shown: the groups are too small")
            elif line.part == "one":
                line.group_label = line.group
            else:
                line.group_label = parts[line.part]

    def _frozen_values(self):
        return {
            "base": self.base,
            "by": self.dimension_label,
            "group": self.group_label or "",
            "count": self.count,
            "hidden": self.hidden,
        }
