from odoo import models


class HubEvaluationLine(models.Model):
    """What the sheet of an evaluation prints of one line."""

    _inherit = "hub.evaluation.line"

    def _print_rows(self):
        """What the sheet shows of this line: one row a step, or one to write in.

        :return: dicts with ``label`` and, for holder, pair and together, what stands
            in the column: a list of marks, or words
        """
        self.ensure_one()
        line = self.sudo()
        choices = line.indicator_id._value_choices()
        if not choices:
            return [
                {
                    "label": line.indicator_id.unit or "",
                    "holder": line.holder_label or "",
                    "volunteers": line.volunteers_label or "",
                    "agreed": line.agreed_label or "",
                }
            ]
        return [
            {
                "label": f"{value}. {label}" if line.kind == "scale" else label,
                "holder": line._print_mark("holder", value),
                "volunteers": line._print_mark("volunteers", value),
                "agreed": {"ticked": line.agreed_value == value, "names": ""},
            }
            for value, label in choices
        ]

    def _print_mark(self, side, value):
        """Whether somebody of the side chose it; who, where they differ."""
        views = self.view_ids.filtered(lambda v: v.person_id.side == side)
        chosen = views.filtered(lambda v: v.value == value)
        differ = len(set(views.mapped("value"))) > 1
        names = ", ".join(view.person_id.partner_id.name for view in chosen)
        return {"ticked": bool(chosen), "names": names if differ else ""}

    def _print_marks(self):
        """Starting point, target and last time, as sentences."""
        self.ensure_one()
        start, aim, last = self.baseline_label, self.target_label, self.previous_label
        parts = [
            start and self.env._("Start: %(value)s", value=start),
            aim and self.env._("Target: %(value)s", value=aim),
            last and self.env._("Last time: %(value)s", value=last),
        ]
        return " · ".join(filter(None, parts))
