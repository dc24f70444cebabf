from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

ENDED = ("refused", "repaid", "written_off", "cancelled")
# What is written about a loan by hand; agreements that were signed are not among it.
STORIES = {
    "hub.loan.change": ("reason", "refusal"),
    "hub.loan.condition": ("name", "note"),
    "hub.loan.decision": ("committee", "motive"),
    "hub.loan.guarantee": ("reference", "conditions"),
    "hub.loan.schedule": ("reason",),
}


class HubLoan(models.Model):
    """Whoever borrows or stands surety has a name until the loan has ended."""

    _inherit = "hub.loan"

    @api.model
    def _hub_domain_of(self, partners):
        return (
            Domain("partner_id", "in", partners.ids)
            | Domain("co_borrower_ids", "in", partners.ids)
            | Domain("guarantee_ids.partner_id", "in", partners.ids)
        )

    def _hub_people(self):
        return self.partner_id | self.co_borrower_ids | self.guarantee_ids.partner_id

    @api.model
    def _hub_keeps_named(self, partners):
        running = self.search(
            self._hub_domain_of(partners) & Domain("state", "not in", ENDED)
        )
        for loan in running:
            for person in loan._hub_people() & partners:
                yield (
                    person.id,
                    loan.company_id.id,
                    self.env._(
                        "Has to do with a loan that runs: %(loan)s.", loan=loan.name
                    ),
                )

    @api.model
    def _hub_contacts(self):
        return SQL(
            "SELECT partner_id, company_id, GREATEST(create_date, disbursement_date)"
            " FROM hub_loan"
        )

    @api.model
    def _hub_forget(self, partner):
        """The loan stays with its schedule and entries; its story goes."""
        forgetting = self.env["hub.forgetting"]
        loans = self.search(self._hub_domain_of(partner))
        own = loans.filtered(lambda loan: loan.partner_id == partner)
        forgetting._blank(own, "purpose", "instruction", "pause_reason", "access_token")
        forgetting._scrub(partner, loans - own, "purpose", "instruction")
        for model, names in STORIES.items():
            lines = self.env[model].sudo().with_context(active_test=False)
            lines = lines.search([("loan_id", "in", loans.ids)])
            forgetting._scrub(partner, lines, *names)
        messages = self.env["mail.message"].search(
            Domain("model", "=", self._name) & Domain("res_id", "in", loans.ids)
        )
        forgetting._scrub(partner, messages, "body", "subject")

    @api.model
    def _hub_held(self, partner):
        return self._hub_domain_of(partner)
