from odoo import api, fields, models

HUB = "solidarity_hub.group_hub_adviser"


class ResPartner(models.Model):
    """What a person offers and looks for, and the balance of time exchanged."""

    _inherit = "res.partner"

    hub_knowledge_count = fields.Integer(
        string="Knowledge", compute="_compute_hub_knowledge_count", groups=HUB
    )

    def _compute_hub_knowledge_count(self):
        knowledge = self.env["hub.knowledge"]
        groups = knowledge._read_group(
            [("partner_id", "in", self.ids), ("state", "=", "open")],
            ["partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.hub_knowledge_count = counts.get(partner._origin.id, 0)

    def action_hub_knowledge(self):
        """Offers and requests of this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_knowledge_action"
        )
        return dict(
            action,
            domain=[("partner_id", "=", self.id)],
            context={"default_partner_id": self.id},
            path=False,
        )

    def _hub_exchange_balances(self, company):
        """Balances of these people in this hub, ``{id: minutes}``."""
        groups = (
            self.env["hub.exchange.participant"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.ids), ("company_id", "=", company.id)],
                ["partner_id"],
                ["minutes:sum"],
            )
        )
        return {partner.id: minutes or 0 for partner, minutes in groups}

    @api.model
    def _hub_minutes_words(self, minutes):
        """+ 2 h 30, – 45 min, 0."""
        if not minutes:
            return "0"
        sign = "+" if minutes > 0 else "–"
        if abs(minutes) < 60:
            return f"{sign} {abs(minutes)} min"
        return f"{sign} {self._hub_hours_words(abs(minutes) / 60)}"
