from odoo import api, fields, models

from .programme_facts import GENDERS


class HubProgrammeReportLine(models.Model):
    """One figure of a report, by gender; a correction stands beside it."""

    _name = "hub.programme.report.line"
    _description = "Figure of a report to a funder"
    _inherit = ["hub.guard.mixin"]
    _order = "report_id, indicator_sequence, id"
    _rec_name = "indicator_id"
    _check_company_auto = True
    _guarded_fields = frozenset({"report_id", "indicator_id", "hidden", *GENDERS})

    report_id = fields.Many2one(
        "hub.programme.report", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    indicator_id = fields.Many2one(
        "hub.programme.indicator", required=True, index=True, ondelete="restrict"
    )
    indicator_sequence = fields.Integer(
        related="indicator_id.sequence", store=True, string="Place"
    )
    is_typed = fields.Boolean(related="indicator_id.is_typed")
    female = fields.Integer(string="Women", readonly=True)
    male = fields.Integer(string="Men", readonly=True)
    other = fields.Integer(readonly=True)
    unsaid = fields.Integer(string="Not said", readonly=True)
    total = fields.Integer(compute="_compute_total", store=True)
    corrected = fields.Integer(
        string="Typed in or corrected",
        help="What the report says instead of the computed figure.",
    )
    is_corrected = fields.Boolean(
        string="Correct", help="Tick to report the figure that is typed in."
    )
    reason = fields.Char(string="Why, or where it is from")
    hidden = fields.Char(string="Not published", readonly=True)
    is_hidden = fields.Boolean(
        string="Small group",
        compute="_compute_is_hidden",
        help="Too few people: the figure, or a part of it, does not leave the hub.",
    )

    _corrected_positive = models.Constraint(
        "CHECK(corrected >= 0)", "A figure is never negative."
    )

    @api.depends(*GENDERS)
    def _compute_total(self):
        for line in self:
            line.total = sum(line[gender] for gender in GENDERS)

    @api.depends("hidden")
    def _compute_is_hidden(self):
        for line in self:
            line.is_hidden = bool(line.hidden)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self._guard_is_open():
            lines.report_id._check_not_sent()
        return lines

    def write(self, vals):
        if not self._guard_is_open():
            self.report_id._check_not_sent()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self.report_id._check_not_sent()

    def _reported(self, name):
        """What leaves the hub: a number, or None where a small group would show.

        :param name: ``total`` or a gender
        """
        self.ensure_one()
        if self.is_typed or self.is_corrected:
            return self.corrected if name == "total" else None
        return None if name in (self.hidden or "").split() else self[name]

    def _smallest_difference(self, other):
        """The smallest group that comes out beside another report, or 0."""
        self.ensure_one()
        names = ("total", *GENDERS)
        pairs = [(self._reported(name), other._reported(name)) for name in names]
        apart = [abs(a - b) for a, b in pairs if a is not None and b is not None]
        few = self.company_id.hub_small_group
        return min((number for number in apart if 0 < number < few), default=0)
