from odoo import api, fields, models
from odoo.fields import Domain

from .hub_body import READERS


class HubDecidedMixin(models.AbstractModel):
    """What a body decides on: a charter, a pact, a loan. It refers to its resolution.

    From when a meeting is convened until the vote is over, the resolution says who is
    called to decide: a record rule may open the file to them (``_domain_called``).
    """

    _name = "hub.decided.mixin"
    _description = "Decided by a resolution"
    # Whether those called to decide read it on the page of their convocation, too: the
    # model then has ``_file_values`` and ``_file_papers``.
    _has_file_page = False

    resolution_id = fields.Many2one(
        "hub.resolution",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain="['|', ('state', 'in', ('draft', 'open')), ('result', '=', 'adopted')]",
        groups=READERS,
        help="The resolution that decides on it, before or after the vote.",
    )

    @api.model
    def _hub_domain_concerned(self, _whom):
        """Records in which these people have an interest of their own: they leave the
        vote. Nobody's, unless the model says so.

        :param _whom: a domain of contacts
        """
        return Domain.FALSE

    @api.model
    def _domain_called(self, partner):
        """Records that this person is called to decide on, until the decision."""
        called = self.env["hub.resolution"]._domain_called(partner)
        behind = self.env["res.partner"]._hub_domain_behind(partner)
        return Domain("resolution_id", "any!", called) & ~self._hub_domain_concerned(
            behind
        )
