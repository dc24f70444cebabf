from odoo import api, models
from odoo.fields import Domain

from ...reports.print_words import long_date
from .hub_fund_line import BACK


class HubPortal(models.AbstractModel):
    """My support: what I brought, what became of it, and a statement to keep."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        granted = self._support_of(partner)
        if granted:
            sections.append(self._support_section(granted))
        return sections

    @api.model
    def _support_of(self, partner):
        contributions = self.env["hub.contribution"].sudo()
        return contributions.search(
            contributions._hub_domain_for(partner)
            & Domain("granted_on", "!=", False)
            & Domain("cancelled_on", "=", False),
            order="granted_on desc, id desc",
        )

    @api.model
    def _support_section(self, granted):
        return {
            "sequence": 60,
            "key": "my_support",
            "title": self.env._("My support"),
            "template": "solidarity_hub.portal_section_support",
            "values": {
                "contributions": [self._support_card(one) for one in granted],
                "statements": [
                    {
                        "name": partner.name or "",
                        "hub": company.name,
                        "url": f"/my/hub/support/{partner.id}/{company.id}/statement",
                    }
                    for partner, company in dict.fromkeys(
                        (one.partner_id, one.company_id) for one in granted
                    )
                ],
            },
        }

    @api.model
    def _support_card(self, one):
        """What a funder sees of one contribution: amounts and dates, nobody's name."""
        money = one.currency_id.format
        sums = {}
        for line in one.book_ids:
            sums[line.kind] = sums.get(line.kind, 0) + line.amount
        coming = one._returns().filtered(lambda line: line.state != "settled")
        coming = coming.sorted("date")[:1]
        lent = sums.get("lent", 0)
        back = sum(sums.get(kind, 0) for kind in BACK)
        lost = sums.get("lost", 0) + sums.get("claim_lost", 0)
        moneyless = one.instrument == "guarantee"
        rows = [
            (self.env._("Granted"), one.amount),
            (self.env._("Received so far"), 0 if moneyless else one.received_amount),
            (self.env._("Lent with it so far"), lent),
            (self.env._("Paid back by borrowers"), back),
            (self.env._("Lost"), lost),
            (self.env._("Returned to you"), one.returned_amount),
            (self.env._("Still owed to you"), one.owed_amount),
        ]
        return {
            "number": one.name,
            "what": one.what,
            "since": long_date(self.env, one.granted_on),
            "direct": one.direct,
            "rows": [(label, money(amount)) for label, amount in rows if amount],
            "next_date": long_date(self.env, coming.date),
            "next_amount": money(coming.amount) if coming else "",
        }

    @api.model
    def _support_statement(self, partner, funder_id, company_id):
        """The statement of a funder, for somebody who may have it; else nothing.

        :return: ``(file name, content)``
        """
        own = self._support_of(partner).filtered(
            lambda one: (
                one.partner_id.id == funder_id and one.company_id.id == company_id
            )
        )
        if not own:
            return None
        first = min(own.mapped("granted_on"))
        statement = (
            self.env["hub.funder.statement"]
            .sudo()
            .with_company(company_id)
            .with_context(allowed_company_ids=[company_id])
            .create(
                {
                    "partner_id": funder_id,
                    "company_id": company_id,
                    "date_from": first,
                }
            )
        )
        content, _kind = (
            self.env["ir.actions.report"]
            .sudo()
            .with_company(company_id)
            ._render_qweb_pdf(
                "solidarity_hub.report_funder_statement", res_ids=statement.ids
            )
        )
        return f"{statement._file_name()}.pdf", content
