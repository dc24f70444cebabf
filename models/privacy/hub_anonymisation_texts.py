from odoo import api, fields, models


class HubAnonymisation(models.Model):
    """Texts to read before a name is taken away.

    The full name goes from every text that stays. A first name alone may be that of
    somebody else: a person reads the text and decides.
    """

    _inherit = "hub.anonymisation"

    to_read = fields.Text(
        string="Texts to read before",
        compute="_compute_to_read",
        compute_sudo=False,
        help="They stay for others. The full name goes from them; a first name or a"
        " family name alone may be that of somebody else.",
    )

    @api.depends("partner_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_to_read(self):
        asked = self.filtered(lambda row: row.state != "done")
        (self - asked).to_read = False
        found = self.env["hub.forgetting"]._texts_to_read(asked.partner_id)
        for row in asked:
            row.to_read = "\n".join(found.get(row.partner_id, ())) or False
