from odoo import fields, models

from .hub_pairing import PLACES
from .hub_pairing_next import ADVISERS, FREED


class CrmLead(models.Model):
    """A place that became free: who left it, who stays, who would go well next.

    Computed when somebody looks: people and their loads change every day.
    """

    _inherit = "crm.lead"

    hub_freed_text = fields.Text(
        string="Who left, who stays", compute="_compute_hub_next", groups=ADVISERS
    )
    hub_next_partner_ids = fields.Many2many(
        "res.partner",
        string="Who would go well next",
        compute="_compute_hub_next",
        groups=ADVISERS,
    )
    hub_next_words = fields.Char(
        string="Next", compute="_compute_hub_next", groups=ADVISERS
    )
    hub_next_label = fields.Char(
        string="Ask", compute="_compute_hub_next", groups=ADVISERS
    )

    def _compute_hub_next(self):
        pairings = self.env["hub.pairing"].sudo()
        freed = self._origin.sudo()._hub_freed_rows()
        for lead in self:
            row = freed.get(lead._origin.sudo(), pairings)
            people, words = row._safely(row._next_people) or (None, None)
            lead.hub_freed_text = row._freed_text() if row else False
            lead.hub_next_partner_ids = people and people.with_env(self.env)
            lead.hub_next_words = words or row._nobody_next()
            lead.hub_next_label = people and self.env._(
                "Ask %(names)s", names=", ".join(people.mapped("name"))
            )

    def _hub_freed_rows(self):
        """{project: the latest of its rows that left a place free}"""
        pairings = self.env["hub.pairing"]
        there = pairings.search(pairings._domain_places(self)).grouped("lead_id")
        waiting = self.filtered(
            lambda lead: (
                lead.active
                and lead.hub_phase != "closed"
                and len(there.get(lead, ())) < len(PLACES)
            )
        )
        rows = pairings.search(
            [
                ("lead_id", "in", waiting.ids),
                ("role", "=", "pair"),
                ("state", "in", FREED),
            ]
        )
        return {
            lead: own.sorted(lambda row: (row._left_on(), row.id))[-1:]
            for lead, own in rows.grouped("lead_id").items()
        }

    def action_hub_ask_next(self):
        """Propose the project to the person who is suggested, as shown."""
        self.ensure_one()
        shown = self.env.context.get("hub_next_ids")
        people = (
            self.env["res.partner"].browse(shown)
            if shown
            else self.hub_next_partner_ids
        )
        wizard = self.env["hub.pairing.wizard"].create({"lead_id": self.id})
        wizard.write({"first_id": people[:1].id, "second_id": people[1:2].id})
        return wizard.action_propose()
