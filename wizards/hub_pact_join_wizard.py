from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.pact.hub_pact_party import CATEGORIES


class HubPactJoinWizard(models.TransientModel):
    """Somebody joins a text that others have signed, or takes the place of a party.

    The others do not sign again: the newcomer signs a slip alone. While nobody has
    signed, the text itself names the newcomer.
    """

    _name = "hub.pact.join.wizard"
    _description = "Somebody joins a pact"

    pact_id = fields.Many2one("hub.pact", required=True, readonly=True)
    replaces_id = fields.Many2one(
        "hub.pact.party", string="In the place of", readonly=True
    )
    company_id = fields.Many2one(related="pact_id.company_id")
    partner_id = fields.Many2one(
        "res.partner", string="Who joins", required=True, check_company=True
    )
    is_organisation = fields.Boolean(related="partner_id.is_company")
    category = fields.Selection(
        CATEGORIES,
        string="As",
        required=True,
        compute="_compute_category",
        store=True,
        readonly=False,
        precompute=True,
    )
    representative = fields.Char(string="Represented by")
    representative_role = fields.Char(string="Acting as")
    taken_over = fields.Text(
        string="Commitments taken over", compute="_compute_taken_over"
    )
    joining_commitment = fields.Text(string="What the newcomer brings")
    by_slip = fields.Boolean(compute="_compute_by_slip")

    @api.depends("replaces_id")
    def _compute_category(self):
        for wizard in self:
            wizard.category = wizard.replaces_id.category or wizard.category

    @api.depends("replaces_id")
    def _compute_taken_over(self):
        for wizard in self:
            lines = wizard.pact_id.commitment_ids.filtered(
                lambda line, former=wizard.replaces_id: (
                    former and line.party_id == former
                )
            )
            wizard.taken_over = "\n".join(lines.mapped("name"))

    @api.depends("pact_id.frozen_on")
    def _compute_by_slip(self):
        for wizard in self:
            wizard.by_slip = bool(wizard.pact_id.frozen_on)

    def action_confirm(self):
        """The newcomer is there; the signature is asked for from the list."""
        self.ensure_one()
        pact = self.pact_id
        pact.check_access("write")
        self._check_place()
        pact._take_in(
            {
                "partner_id": self.partner_id.id,
                "category": self.category,
                "representative": self.representative,
                "representative_role": self.representative_role,
                "joining_commitment": self.joining_commitment,
            },
            self.replaces_id,
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_place(self):
        pact, former = self.pact_id, self.replaces_id
        if former:
            former._check_of_pact(pact)
            former._check_can_be_replaced()
        elif pact.state != "in_force":
            raise UserError(
                self.env._(
                    "%(pact)s is not in force yet: add the party to the text, or take"
                    " the text back if somebody has signed.",
                    pact=pact.display_name,
                )
            )
