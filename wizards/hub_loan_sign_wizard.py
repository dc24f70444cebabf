from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError


class HubLoanSignWizard(models.TransientModel):
    """Signatures of a loan agreement given on paper or at the table."""

    _name = "hub.loan.sign.wizard"
    _description = "Signatures of a loan agreement"

    agreement_id = fields.Many2one("hub.loan.agreement", required=True, readonly=True)
    signature_ids = fields.Many2many(
        "hub.loan.signature",
        "hub_loan_sign_wizard_signature_rel",
        "wizard_id",
        "signature_id",
        string="Who signed",
        domain="[('agreement_id', '=', agreement_id), ('answer', '!=', 'yes')]",
        compute="_compute_signature_ids",
        store=True,
        readonly=False,
    )
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(
        [("paper", "On paper"), ("in_person", "In person")],
        string="How",
        required=True,
        default="paper",
    )
    scan = fields.Binary(
        string="Scanned agreement", help="Optional; kept with the loan."
    )
    scan_name = fields.Char(string="Name of the scan")

    @api.depends("agreement_id")
    def _compute_signature_ids(self):
        for wizard in self:
            wizard.signature_ids = wizard.agreement_id._missing()

    def action_confirm(self):
        """Note them; when all have signed, the loan is signed."""
        self.ensure_one()
        self.agreement_id.check_access("write")
        chosen = self.signature_ids
        if not chosen or chosen.agreement_id != self.agreement_id:
            raise UserError(self.env._("Choose at least one party who signed."))
        if self.signed_on > fields.Date.context_today(self):
            raise UserError(
                self.env._("A signature cannot be received before it is given.")
            )
        chosen._sign(self.channel, signed_on=datetime.combine(self.signed_on, time(12)))
        if self.scan:
            self._keep_scan()
        return {"type": "ir.actions.act_window_close"}

    def _keep_scan(self):
        loan = self.agreement_id.loan_id
        name = self.scan_name or f"{self.agreement_id._file_name()}.pdf"
        loan.message_post(
            body=self.env._("The agreement signed on paper."),
            attachment_ids=self.env["ir.attachment"]
            .create(
                {
                    "name": name,
                    "datas": self.scan,
                    "res_model": loan._name,
                    "res_id": loan.id,
                }
            )
            .ids,
        )
