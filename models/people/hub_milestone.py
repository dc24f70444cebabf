from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class HubMilestone(models.Model):
    """A date in the hub's own life, from its first meetings to its autonomy."""

    _name = "hub.milestone"
    _description = "Milestone of the hub"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="What happened", required=True)
    kind = fields.Selection(
        [
            ("mobilisation", "Mobilisation"),
            ("opening", "Opening"),
            ("legal_status", "Legal status"),
            ("carrier", "Carrier structure"),
            ("autonomy_target", "Autonomy aimed at"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    partner_id = fields.Many2one(
        "res.partner",
        string="Organisation",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="The structure that carries the hub, or its partner at that time.",
    )
    note = fields.Text()
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.model_create_multi
    def create(self, vals_list):
        milestones = super().create(vals_list)
        milestones._add_autonomy_target()
        return milestones

    def _add_autonomy_target(self):
        """A hub aims at standing on its own feet two years after opening."""
        openings = self.filtered(lambda m: m.kind == "opening")
        if not openings:
            return
        known = self.search(
            Domain("company_id", "in", openings.company_id.ids)
            & Domain("kind", "=", "autonomy_target")
        ).company_id
        self.create(
            [
                {
                    "name": self.env._("Autonomy of the hub"),
                    "kind": "autonomy_target",
                    "date": opening.date + relativedelta(years=2),
                    "company_id": opening.company_id.id,
                }
                for opening in openings
                if opening.company_id not in known
            ]
        )
