from markupsafe import Markup

from odoo import api, fields, models

from ...reports.print_words import long_date
from ...tools.text_difference import side_by_side


class HubDiagnosis(models.Model):
    """Two versions side by side: what is new, what was said otherwise, what is gone."""

    _inherit = "hub.diagnosis"

    comparison = fields.Html(compute="_compute_comparison", sanitize=False)

    @api.depends("line_ids.name", "line_ids.kind", "dropped_line_ids")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for diagnosis in self:
            diagnosis.comparison = (
                diagnosis._comparison_table() if diagnosis.previous_id else False
            )

    def _comparison_rows(self):
        """One row a finding: ``kind``, ``before`` and ``after`` in pieces of text
        (each with whether it is the same on the other side), ``change``."""
        self.ensure_one()
        lines = self.env["hub.diagnosis.line"]
        labels = dict(lines._fields["kind"]._description_selection(self.env))
        order = list(labels)
        rows = []
        for line in self.line_ids:
            origin = line.origin_line_id
            before, after = side_by_side(origin.name or "", line.name or "")
            moved = origin and origin.kind != line.kind
            rows.append(
                {
                    "order": order.index(line.kind),
                    "kind": labels[line.kind],
                    "kind_before": labels[origin.kind] if moved else "",
                    "before": before,
                    "after": after,
                    "change": line.change,
                }
            )
        rows += [
            {
                "order": order.index(line.kind),
                "kind": labels[line.kind],
                "kind_before": "",
                "before": [(line.name, False)],
                "after": [],
                "change": "gone",
            }
            for line in self.dropped_line_ids
        ]
        return sorted(rows, key=lambda row: row["order"])

    def _version_heading(self):
        self.ensure_one()
        return self.env._(
            "Version %(version)s, %(date)s",
            version=self.version,
            date=long_date(self.env, self.date),
        )

    def _change_labels(self):
        lines = self.env["hub.diagnosis.line"]
        labels = dict(lines._fields["change"]._description_selection(self.env))
        return {**labels, "gone": self.env._("No longer there")}

    def _comparison_table(self):
        labels = self._change_labels()
        body = Markup("").join(
            Markup(
                "<tr><td>%s</td><td>%s</td><td>%s</td>"
                '<td class="text-muted text-nowrap">%s</td></tr>'
            )
            % (
                self._moved_kind(row),
                self._pieces(row["before"], "del"),
                self._pieces(row["after"], "ins"),
                labels[row["change"]],
            )
            for row in self._comparison_rows()
        )
        return Markup(
            '<table class="table table-sm"><thead><tr><th></th><th>%s</th><th>%s</th>'
            "<th></th></tr></thead><tbody>%s</tbody></table>"
        ) % (
            self.previous_id._version_heading(),
            self._version_heading(),
            body,
        )

    @api.model
    def _moved_kind(self, row):
        if not row["kind_before"]:
            return row["kind"]
        return self.env._(
            "%(before)s, now: %(after)s", before=row["kind_before"], after=row["kind"]
        )

    @api.model
    def _pieces(self, pieces, tag):
        """A text with what is not on the other side marked."""
        mark = Markup(f"<{tag}>%s</{tag}>")
        return Markup("").join(text if same else mark % text for text, same in pieces)
