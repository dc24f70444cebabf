from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

TABLES = ("res_device_log", "res_users_apikeys")


class ResUsers(models.Model):
    """Who works in the database has a name; a portal access is closed for good."""

    _inherit = "res.users"

    @api.model
    def _hub_keeps_named(self, partners):
        users = self.search(
            Domain("partner_id", "in", partners.ids)
            & Domain("active", "=", True)
            & Domain("share", "=", False)
        )
        for user in users:
            yield user.partner_id.id, False, self.env._("Works in this database.")

    @api.model
    def _hub_contacts(self):
        """The last time somebody opened the own page with a password."""
        return SQL(
            """
SELECT users.partner_id, NULL::int, log.create_date
  FROM res_users_log log
  JOIN res_users users ON users.id = log.create_uid"""
        )

    @api.model
    def _hub_forget(self, partner):
        users = self.search([("partner_id", "=", partner.id)])
        if not users:
            return
        for user in users:
            user.write({"active": False, "login": f"forgotten-{user.id}"})
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE res_users SET password = NULL, signature = NULL WHERE id IN %s",
                tuple(users.ids),
            )
        )
        users.invalidate_recordset()
        for table in TABLES:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE user_id IN %s",
                    SQL.identifier(table),
                    tuple(users.ids),
                )
            )
