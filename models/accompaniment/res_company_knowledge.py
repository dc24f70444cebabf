from odoo import fields, models


class ResCompany(models.Model):
    """How a hub keeps its exchanges of knowledge."""

    _inherit = "res.company"

    hub_exchange_counting = fields.Selection(
        [
            ("none", "Open reciprocity: nothing is counted"),
            ("time", "In time: a minute given is a minute received"),
        ],
        string="Exchanges of knowledge",
        required=True,
        default="none",
        help="From now on: exchanges done before stay as they were counted.",
    )
    hub_exchange_limit = fields.Integer(
        string="Hours below zero, at most",
        default=10,
        help="How far a person may learn before giving.",
    )
    hub_exchange_over = fields.Selection(
        [("reason", "Ask for a reason"), ("refuse", "Refuse")],
        string="Below this limit",
        required=True,
        default="reason",
    )

    _hub_exchange_limit_positive = models.Constraint(
        "CHECK(hub_exchange_limit >= 0)",
        "The number of hours below zero is written without a sign.",
    )

    def _hub_knowledge_is_on(self):
        """Whether this database uses the exchange of knowledge; the portal has no
        group of its own that would say so."""
        feature = self.env.ref("solidarity_hub.group_hub_feature_knowledge")
        adviser = self.env.ref("solidarity_hub.group_hub_adviser")
        return feature in adviser.sudo().all_implied_ids
