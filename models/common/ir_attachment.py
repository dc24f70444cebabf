from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if self._hub_is_kept(vals.get("res_model"), vals.get("res_field")):
                    self._hub_raise_kept(vals.get("name"))
        return super().create(vals_list)

    def write(self, vals):
        self._hub_check_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._hub_check_kept()

    def _hub_check_kept(self):
        """What was signed stays as it was signed, whoever may write on the record."""
        if self.env.su:
            return
        for file in self.sudo():
            if file.res_field and self._hub_is_kept(file.res_model, file.res_field):
                self._hub_raise_kept(file.name)

    @api.model
    def _hub_is_kept(self, model, field):
        return bool(
            field
            and model in self.env
            and field in getattr(self.env[model], "_kept_files", ())
        )

    @api.model
    def _hub_raise_kept(self, name):
        raise UserError(
            self.env._(
                "“%(file)s” belongs to a signature: it is neither changed nor deleted."
                " Take the text back, or write an amendment.",
                file=name or "",
            )
        )
