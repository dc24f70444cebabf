from odoo import api, models
from odoo.exceptions import UserError

# A Python object cannot be sent by RPC: only code of this addon opens the guard.
OPEN = object()


class HubGuardMixin(models.AbstractModel):
    """Fields that follow from what people do and are never typed in.

    Who answered and when, the day on which a text came into force: methods write
    them through :meth:`_unguarded`; a form, an import or a request cannot.
    """

    _name = "hub.guard.mixin"
    _description = "Fields that are not typed in"

    _guarded_fields = frozenset()
    # Those that creating a record fills by itself.
    _guarded_given = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if not self._guard_is_open():
            self._check_guarded_create(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        guarded = self._guarded_fields & set(vals)
        if guarded and not self._guard_is_open():
            self._check_guarded_write(guarded, vals)
        return super().write(vals)

    def _unguarded(self):
        """The same records, for a method that writes what it has just found out."""
        return self.with_context(hub_guard=OPEN)

    @api.model
    def _guard_is_open(self):
        return self.env.su or self.env.context.get("hub_guard") is OPEN

    @api.model
    def _check_guarded_create(self, vals_list):
        names = self._guarded_fields - self._guarded_given
        # A form sends all the fields of a new line: a default says nothing new.
        given = names & {name for vals in vals_list for name in vals if vals[name]}
        if not given:
            return
        usual = self.default_get(list(given))
        for vals in vals_list:
            for name in given & set(vals):
                if vals[name] and vals[name] != usual.get(name):
                    self._raise_guarded(name)

    def _check_guarded_write(self, names, vals):
        for name in sorted(names):
            field = self._fields[name]
            for record in self:
                value = field.convert_to_cache(vals[name], record)
                if value != field.convert_to_cache(record[name], record):
                    record._raise_guarded(name)

    def _raise_guarded(self, name):
        raise UserError(
            self.env._(
                "%(record)s: “%(field)s” is not typed in. It follows from what people"
                " do: use the buttons of the record.",
                record=self.display_name or self._description,
                field=self._fields[name]._description_string(self.env),
            )
        )
