from odoo import api, fields, models
from odoo.fields import Domain


class HubNeed(models.Model):
    """Something found on the territory that a project could answer or use."""

    _name = "hub.need"
    _description = "Need of the territory"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="What was said", required=True, tracking=True)
    kind = fields.Selection(
        [
            ("need", "Need"),
            ("demand", "Demand"),
            ("resource", "Resource"),
            ("emerging_project", "Emerging project"),
        ],
        required=True,
        default="need",
    )
    stated_by_id = fields.Many2one(
        "res.partner",
        string="Said by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    place = fields.Char(
        help="Where it was heard: social centre, market, job centre, university...",
    )
    public = fields.Selection(
        [
            ("jobseekers", "People looking for work"),
            ("students", "Students finishing their studies"),
            ("groups", "Groups"),
            ("associations", "Associations"),
            ("other", "Other"),
        ],
    )
    date = fields.Date(
        string="Heard on", required=True, default=fields.Date.context_today
    )
    territory_id = fields.Many2one("hub.territory", index="btree_not_null")
    description = fields.Text(string="Details")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    @api.model
    def _hub_domain_for(self, partner):
        """What this person has said."""
        return Domain("stated_by_id", "=", partner.id)
