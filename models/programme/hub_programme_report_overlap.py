from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .programme_facts import GENDERS


class HubProgrammeReport(models.Model):
    """Reports of periods that overlap: laid side by side, two large figures may give a
    small group away."""

    _inherit = "hub.programme.report"

    overlap_words = fields.Text(
        string="Beside reports sent before",
        compute="_compute_overlap_words",
        help="The difference of two reports is a group of its own. Where it is small,"
        " the funder may work out who joined in between.",
    )

    @api.depends(
        "state", "date_from", "date_to", *(f"line_ids.{name}" for name in GENDERS)
    )
    @api.depends_context("lang")
    def _compute_overlap_words(self):
        sent = self.search(
            Domain("programme_id", "in", self.programme_id.ids)
            & Domain("state", "=", "sent")
        )
        for report in self:
            beside = sent.filtered(report._overlaps)
            told = [words for other in beside for words in report._differences(other)]
            report.overlap_words = "\n".join(told) or False

    def _overlaps(self, other):
        return (
            other != self._origin
            and other.programme_id == self.programme_id
            and self.date_from
            and self.date_to
            and other.date_from <= self.date_to
            and other.date_to >= self.date_from
        )

    def _differences(self, other):
        """Small groups that come out when both are read together, in words."""
        before = {line.indicator_id: line for line in other.line_ids}
        return [
            self.env._(
                "%(report)s, up to %(date)s: %(figure)s differs by %(number)s.",
                report=other.name,
                date=format_date(self.env, other.date_to),
                figure=line.indicator_id.display_name,
                number=number,
            )
            for line in self.line_ids
            if line.indicator_id in before
            and (number := line._smallest_difference(before[line.indicator_id]))
        ]
