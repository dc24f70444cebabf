from odoo import models
from odoo.exceptions import UserError

NOTE = "hub.interview.note"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        """The file of a confidential note stays with it, and never becomes public."""
        if not self.env.su and {"public", "res_model", "res_id"} & set(vals):
            kept = self.sudo().filtered(lambda f: f.res_model == NOTE and f.res_id)
            for file in kept:
                if vals.get("public") or any(
                    name in vals and vals[name] != file[name]
                    for name in ("res_model", "res_id")
                ):
                    raise UserError(
                        self.env._(
                            "“%(file)s” belongs to a confidential note: it stays.",
                            file=file.name,
                        )
                    )
        return super().write(vals)
