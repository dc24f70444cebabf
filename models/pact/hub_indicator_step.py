from odoo import api, fields, models


class HubIndicatorStep(models.Model):
    """One step of a scale; its place among the others is its value."""

    _name = "hub.indicator.step"
    _description = "Step of a scale"
    _order = "indicator_id, sequence, id"

    indicator_id = fields.Many2one(
        "hub.indicator", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.indicator_id._check_not_used()
        return steps

    def write(self, vals):
        moved = {"sequence", "indicator_id"} & set(vals)
        if moved and self._moves(vals):
            self.indicator_id._check_not_used()
        return super().write(vals)

    def _moves(self, vals):
        return any(
            self._fields[name].convert_to_cache(vals[name], step) != step[name]
            if name == "sequence"
            else vals[name] != step.indicator_id.id
            for step in self
            for name in {"sequence", "indicator_id"} & set(vals)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.indicator_id._check_not_used()
