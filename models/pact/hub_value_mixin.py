from odoo import api, models


class HubValueMixin(models.AbstractModel):
    """A record that keeps values of an indicator, each in its one right form.

    A model names its fields in ``_value_fields``; the indicator stands in
    ``indicator_id``.
    """

    _name = "hub.value.mixin"
    _description = "Values of an indicator"

    _value_fields = ()

    @api.constrains(lambda self: ["indicator_id", *self._value_fields])
    def _check_values(self):
        for record in self:
            for name in self._value_fields:
                record.indicator_id._check_value(record[name] or "")
