from odoo import api, models


class HubFrozenLineMixin(models.AbstractModel):
    """A line of a frozen text (see ``hub.frozen.mixin``): it freezes with its parent.

    A model names its parent in ``_frozen_parent`` and, where some fields stay open
    (the state of a commitment), lists those in ``_frozen_open_fields``.
    """

    _name = "hub.frozen.line.mixin"
    _description = "Line of a frozen text"

    _frozen_parent = None
    _frozen_open_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_parent_is_open()
        return lines

    def write(self, vals):
        closed = set(vals) - self._frozen_open_fields
        if closed:
            self._check_parent_is_open()
        result = super().write(vals)
        if self._frozen_parent in closed:
            self._check_parent_is_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen_parent(self):
        self._check_parent_is_open()

    def _check_parent_is_open(self):
        inverse = self._fields[self._frozen_parent]
        for parent in self[inverse.name].filtered("frozen_on"):
            parent._check_not_frozen(dict.fromkeys(parent._frozen_fields()))
