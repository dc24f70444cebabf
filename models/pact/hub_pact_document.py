import logging

from odoo import fields, models
from odoo.exceptions import UserError

from .hub_pact import CONTENT_GROUPS

_logger = logging.getLogger(__name__)

REPORTS = {
    "accompaniment_contract": "solidarity_hub.report_accompaniment_contract",
    "local_pact": "solidarity_hub.report_local_pact",
    "convention": "solidarity_hub.report_local_pact",
}


class HubPact(models.Model):
    """The documents of a pact: what is signed is what was frozen."""

    _inherit = "hub.pact"

    printed_on = fields.Date(string="First printed on", copy=False, readonly=True)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Messages name who signed: they go with the content of the pact."""
        if message_operation == "read" and not self.env.user.has_groups(CONTENT_GROUPS):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _hub_print_lang(self):
        self.ensure_one()
        return self.lang

    def action_print(self):
        """Print the pact in its own form."""
        report = self.env.ref(REPORTS[self[:1].form])
        self.sudo().filtered(
            lambda pact: not pact.printed_on
        ).printed_on = fields.Date.context_today(self)
        return report.report_action(self)

    def action_print_terms(self):
        """Print the terms of evaluation alone."""
        return self.env.ref("solidarity_hub.report_evaluation_terms").report_action(
            self
        )

    def _keep_signed_document(self):
        """Keep the file that the parties sign; a signature is not lost because the
        server cannot print."""
        self.ensure_one()
        report = self.env.ref(REPORTS[self.form])
        try:
            content, kind = (
                self.env["ir.actions.report"].sudo()._render_qweb_pdf(report, self.ids)
            )
        except UserError as error:
            _logger.info("%s frozen without its document: %s", self.number, error)
            return
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self._file_name()}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    # read by those who may read this field, not by all who see the pact
                    "res_field": "frozen_pdf_id",
                }
            )
        )
        self._set_frozen_pdf(attachment)

    def _file_name(self):
        """Name of the printed file."""
        self.ensure_one()
        return f"{self.number} v{self.version} {self.name}".replace("/", "-")

    def _is_signed_file(self, content):
        """Whether these bytes are the very document that was signed."""
        self.ensure_one()
        signed = self.sudo().frozen_pdf_id.raw
        return bool(signed) and self._fingerprint(signed) == self._fingerprint(content)

    def _frozen_payload(self):
        self.ensure_one()
        plain = ("number", "version", "form", "name", "lang", "date_start", "date_end")
        return {
            **{name: self[name] for name in plain},
            "hub": self.company_id.name,
            "projects": self.lead_ids.sudo().mapped("name"),
            "territory": self.territory_id.display_name or "",
            "joint_interview_on": self.joint_interview_on or "",
            "purpose": str(self.purpose or ""),
            "diagnosis": str(self.diagnosis or ""),
            "diagnosis_version": self.diagnosis_id.display_name or "",
            "clauses": str(self.clauses or ""),
            "amends": self.parent_id.number or "",
            "parties": [party._frozen_values() for party in self.party_ids],
            "goals": self.goal_ids.mapped("name"),
            "commitments": [line._frozen_values() for line in self.commitment_ids],
            "terms": [line._frozen_values() for line in self.term_ids],
        }
