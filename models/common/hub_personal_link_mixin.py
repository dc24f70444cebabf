import uuid

from odoo import fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL, consteq


def key_opens(known, given):
    """Whether ``given``, whatever somebody typed, is the key of a personal link."""
    return bool(known and given) and consteq(known.encode(), str(given).encode())


class HubPersonalLinkMixin(models.AbstractModel):
    """A page that one person opens by a link, without a password.

    A model names the page in ``_portal_path``.
    """

    _name = "hub.personal.link.mixin"
    _description = "Page with a personal link"

    # Whoever holds it acts in the person's name.
    access_token = fields.Char(
        string="Personal key",
        default=lambda self: str(uuid.uuid4()),
        copy=False,
        readonly=True,
        groups=NO_ACCESS,
    )

    def _init_column(self, column_name):
        """Records older than the links get a key each, not one default for all."""
        if column_name != "access_token":
            return super()._init_column(column_name)
        return self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET access_token = gen_random_uuid()::text"
                " WHERE access_token IS NULL",
                table=SQL.identifier(self._table),
            )
        )

    def _portal_path(self):
        """Where the page stands, without the address of the server."""
        raise NotImplementedError

    def _link(self):
        """The whole address with the key: for the person alone."""
        self.ensure_one()
        key = self.sudo().access_token
        return f"{self.get_base_url()}{self._portal_path()}?access_token={key}"

    def _renew_key(self):
        """The link fell into other hands: it opens nothing any more."""
        for record in self.sudo():
            record.access_token = str(uuid.uuid4())

    def _token_opens(self, token):
        """Whether this is the key of this page."""
        self.ensure_one()
        return key_opens(self.sudo().access_token, token)
