from odoo import api, fields, models

from ...tools.text_difference import compare, paragraphs, words
from .hub_pact import CONTENT_GROUPS


class HubPact(models.Model):
    """What an amendment changes in the text before it, section by section."""

    _inherit = "hub.pact"

    difference = fields.Html(
        string="What changes",
        compute="_compute_difference",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )

    @api.depends("parent_id")
    def _compute_difference(self):
        for pact in self:
            changes = pact._origin._changes() if pact._origin.parent_id else None
            pact.difference = changes is not None and self.env["ir.qweb"]._render(
                "solidarity_hub.pact_changes", {"changes": changes}
            )

    def _changes(self):
        """Sections that differ from the text before, as plain values.

        :return: ``None`` for a first text, else dicts with ``title`` and ``lines``:
            dicts of ``kind`` {added, removed, changed}, ``label`` and ``parts``:
            ``[(same | removed | added, words)]``
        """
        self.ensure_one()
        if not self.parent_id:
            return None
        before = self._spoken_sections(self.sudo().parent_id)
        after = self._spoken_sections(self)
        sections = []
        for title, texts in after.items():
            lines = self._changed_lines(before[title], texts)
            if lines:
                sections.append({"title": title, "lines": lines})
        return sections

    def _changed_lines(self, before, after):
        labels = {
            "added": self.env._("Added:"),
            "removed": self.env._("Taken out:"),
            "changed": self.env._("Changed:"),
        }
        return [
            {
                "kind": change.kind,
                "label": labels[change.kind],
                "parts": self._changed_parts(change),
            }
            for change in compare(before, after)
            if change.kind != "same"
        ]

    @api.model
    def _changed_parts(self, change):
        if change.kind == "changed":
            return words(change.before, change.after)
        return [(change.kind, change.before or change.after)]

    def _spoken_sections(self, pact):
        """``{title: [what it says, item by item]}`` of one text."""
        text = pact.with_context(lang=self.env.lang)._reading()
        facts = (text["name"], text["subject"], text["territory"], text["checks"])
        return {
            self.env._("Title, projects and place"): list(filter(None, facts)),
            self.env._("First and last day"): list(filter(None, [text["period"]])),
            self.env._("Parties"): [
                self._speak(one["kind"], one["name"], one["represented"])
                for one in text["parties"]
            ],
            self.env._("Why the parties come together"): paragraphs(text["purpose"]),
            self.env._("Shared diagnosis"): [
                *paragraphs(text["diagnosis"]),
                *filter(None, [text["diagnosis_source"]]),
                *(name for _kind, names in text["findings"] for name in names),
            ],
            self.env._("Goals"): text["goals"],
            self.env._("Implementation"): [
                self._speak(
                    one["who"], one["what"], one["when"], one["support"], one["level"]
                )
                for one in text["commitments"]
            ],
            self.env._("Terms of evaluation"): [
                self._speak(
                    one["indicator"],
                    one["objective"],
                    one["kind"],
                    one["baseline"],
                    one["baseline_on"],
                    one["target"],
                    one["target_on"],
                    one["how"],
                    one["validated_by"],
                )
                for one in text["terms"]
            ],
            self.env._("Life of the pact"): paragraphs(text["clauses"]),
        }

    @api.model
    def _speak(self, *parts):
        """One item in a line."""
        return " · ".join(filter(None, parts))
