import json

from odoo import api, fields, models
from odoo.fields import Domain


class HubIndicatorSet(models.Model):
    """The indicators that the colleges of a hub have validated together.

    Which ones, in which words, on which day: kept as validated; when the words of an
    indicator change afterwards, that is seen.
    """

    _name = "hub.indicator.set"
    _description = "Set of indicators"
    _inherit = ["hub.college.validation.mixin"]
    _order = "validated_on desc, id desc"
    _check_company_auto = True
    _validation_report = "solidarity_hub.report_indicator_set"

    name = fields.Char(
        required=True, default=lambda self: self.env._("Indicators of our pacts")
    )
    indicator_ids = fields.Many2many(
        "hub.indicator", string="Indicators", domain=[("target", "=", "pact")]
    )
    previous_id = fields.Many2one(
        "hub.indicator.set",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    has_moved = fields.Boolean(
        string="Words changed since",
        compute="_compute_has_moved",
        help="An indicator has other words today than those that were validated.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.name and self.env._(
                "%(name)s, version %(version)s",
                name=record.name,
                version=record.version,
            )

    @api.depends("frozen_json", "indicator_ids.name", "indicator_ids.question")
    def _compute_has_moved(self):
        for record in self:
            kept = record.frozen_json and json.loads(record.frozen_json)
            record.has_moved = bool(kept) and kept["indicators"] != record._words()

    @api.model
    def _current(self, company, day):
        """What was validated last, up to a day; nothing where nothing was."""
        return self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ("validated", "replaced"))
            & Domain("validated_on", "<=", day),
            order="validated_on desc, version desc, id desc",
            limit=1,
        )

    def _print_name(self):
        return self.name

    def _validation_requirements(self):
        return [
            *super()._validation_requirements(),
            (bool(self.indicator_ids), self.env._("at least one indicator")),
        ]

    def _frozen_fields(self):
        return super()._frozen_fields() | {"name", "indicator_ids"}

    def _frozen_payload(self):
        self.ensure_one()
        return {
            **self._validation_payload(),
            "name": self.name,
            "indicators": self._words(),
        }

    def _words(self):
        """Each indicator in the words of today."""
        record = self.with_context(lang=self.lang, active_test=False)
        dimensions = self.env["hub.indicator"]._fields["dimension"]
        labels = dict(dimensions._description_selection(record.env))
        return [
            {
                "name": indicator.name,
                "dimension": labels.get(indicator.dimension, ""),
                "kind": indicator.kind,
                "unit": indicator.unit or "",
                "steps": indicator._scale_steps(),
                "question": indicator.question or "",
            }
            for indicator in record.indicator_ids.sorted("id")
        ]
