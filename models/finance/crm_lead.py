from odoo import fields, models
from odoo.fields import Domain

READERS = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_finance"


class CrmLead(models.Model):
    """A project and the loans that the hub grants it."""

    _inherit = "crm.lead"

    hub_loan_ids = fields.One2many(
        "hub.loan", "lead_id", string="Solidarity loans", groups=READERS
    )
    hub_loan_count = fields.Integer(
        string="Loans", compute="_compute_hub_loan_count", groups=READERS
    )

    hub_can_ask_loan = fields.Boolean(
        compute="_compute_hub_can_ask_loan",
        groups=READERS,
        help="The hub lends, by its settings.",
    )

    def _compute_hub_loan_count(self):
        found = self.env["hub.loan"]._read_group(
            Domain("lead_id", "in", self.ids), ["lead_id"], ["__count"]
        )
        counts = dict(found)
        for lead in self:
            lead.hub_loan_count = counts.get(lead._origin, 0)

    def _compute_hub_can_ask_loan(self):
        lends = self.env.user.has_group("solidarity_hub.group_hub_feature_lending")
        self.hub_can_ask_loan = lends

    def action_hub_open_loans(self):
        self.ensure_one()
        loans = self.hub_loan_ids
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = self._hub_loan_defaults()
        if len(loans) == 1:
            return {**action, "views": [(False, "form")], "res_id": loans.id}
        return action

    def action_hub_ask_loan(self):
        """Write the application for a loan: the borrower is the contact person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action"
        )
        return {
            **action,
            "views": [(False, "form")],
            "context": self._hub_loan_defaults(),
        }

    def _hub_loan_defaults(self):
        return {
            "default_lead_id": self.id,
            "default_partner_id": self.partner_id.id,
            "default_co_borrower_ids": (
                self.hub_holder_ids.partner_id - self.partner_id
            ).ids,
            "default_user_id": self.user_id.id or self.env.uid,
            "default_company_id": self.company_id.id,
            "default_purpose": self.name,
        }
