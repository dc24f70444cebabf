from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.progress_chart import Chart


class HubEvaluation(models.Model):
    """How each indicator moved from one evaluation to the next, as curves and as the
    figures behind them."""

    _inherit = "hub.evaluation"

    progress = fields.Json(compute="_compute_progress")

    def _agreed_lines(self):
        """Lines agreed so far, ``{(first text, indicator): lines}``, oldest first."""
        lines = (
            self.env["hub.evaluation.line"]
            .sudo()
            .search(
                Domain("evaluation_id.root_id", "in", self.root_id.ids)
                & Domain("evaluation_id.state", "=", "agreed")
                & Domain("agreed_value", "!=", False)
            )
        )
        # read at once: each line asks for them
        lines.evaluation_id.mapped("date")
        in_order = lines.sorted(
            lambda line: (line.evaluation_id.date, line.evaluation_id.id)
        )
        return in_order.grouped(
            lambda line: (line.evaluation_id.root_id, line.indicator_id)
        )

    @api.depends("line_ids.agreed_value", "date", "root_id")
    @api.depends_context("lang")
    def _compute_progress(self):
        past = self._agreed_lines()
        for evaluation in self:
            evaluation.progress = [
                series
                for line in evaluation.line_ids
                if (series := evaluation._line_series(line, past))
            ]

    def _line_series(self, line, past):
        """One curve: where it started, each value agreed up to this evaluation."""
        indicator = line.indicator_id
        if not indicator or indicator.kind == "text":
            return None
        key = self.root_id, indicator
        looks = [
            (other.evaluation_id.date, other.agreed_value)
            for other in past.get(key, ())
            if other.evaluation_id != self._origin
            and (other.evaluation_id.date, other.evaluation_id.id)
            < (self.date, self._origin.id)
        ]
        if line.agreed_value:
            looks.append((self.date, line.agreed_value))
        return line.sudo().term_id._series(indicator, self.root_id, looks)

    def _progress_charts(self):
        """The curves for print: name, picture, and the figures as rows."""
        self.ensure_one()
        return [
            {**series, "picture": Markup(self._chart_of(series).svg())}
            for series in self.progress or []
            if len(series["points"]) > 1
        ]

    @api.model
    def _chart_of(self, series):
        said = ", ".join(f"{p['date']}: {p['label']}" for p in series["points"])
        aim = series["target_label"]
        if aim:
            said += " " + self.env._("Target: %(target)s.", target=aim)
        return Chart(
            title=series["name"],
            description=said,
            points=[(point["date"], point["value"]) for point in series["points"]],
            low=series["low"],
            high=series["high"],
            ticks=[tuple(tick) for tick in series["ticks"]],
            target=series["target"],
        )
