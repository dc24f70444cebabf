from markupsafe import Markup

from odoo import api, fields, models

from .crm_lead import READERS


class CrmLead(models.Model):
    """Who funds a project: the hub's loans, others who pay it themselves, own money."""

    _inherit = "crm.lead"

    hub_funding_need = fields.Monetary(
        string="Money the project needs",
        currency_field="company_currency",
        groups=READERS,
    )
    hub_own_money = fields.Monetary(
        string="Own money of the holder",
        currency_field="company_currency",
        groups=READERS,
    )
    hub_contribution_ids = fields.One2many(
        "hub.contribution",
        "lead_id",
        string="Funders of the project",
        groups=READERS,
    )
    hub_financing = fields.Html(
        string="Financing plan",
        compute="_compute_hub_financing",
        compute_sudo=False,
        sanitize=False,
        groups=READERS,
    )

    @api.depends("hub_funding_need", "hub_own_money")
    @api.depends_context("uid", "lang")
    def _compute_hub_financing(self):
        """As far as whoever looks may see loans and contributions."""
        for lead in self:
            lead.hub_financing = lead._hub_financing_table()

    def _hub_financing_plan(self):
        """Plain values of the plan: rows, totals, what is missing."""
        self.ensure_one()
        rows = [row for row in self._hub_financing_rows() if any(row["amounts"])]
        counted = [row["amounts"] for row in rows if row["counted"]]
        totals = [sum(column) for column in zip(*counted, strict=True)] or [0, 0, 0]
        money = self.company_currency.format
        for row in rows:
            row["texts"] = [money(one) if one else "" for one in row["amounts"]]
        return {
            "heads": [
                self.env._("Asked"),
                self.env._("Granted"),
                self.env._("Received"),
            ],
            "rows": rows,
            "totals": [money(total) for total in totals],
            "need": money(self.hub_funding_need) if self.hub_funding_need else "",
            "gap_text": self._hub_gap_text(totals[1]),
        }

    def _hub_gap_text(self, granted):
        need = self.hub_funding_need
        if not need:
            return ""
        missing = need - granted
        money = self.company_currency.format
        if self.company_currency.compare_amounts(missing, 0) <= 0:
            return self.env._("It is covered by what is granted.")
        return self.env._(
            "%(missing)s are still to be found; %(granted)s are granted.",
            missing=money(missing),
            granted=money(granted),
        )

    def _hub_financing_rows(self):
        """Own money, loans of the hub, then others."""
        own = self.hub_own_money
        rows = [
            self._hub_financing_row(
                self.env._("The holder"), self.env._("Own money"), (own, own, own)
            )
        ]
        rows += [self._hub_loan_row(loan) for loan in self._hub_plan_loans()]
        rows += [self._hub_contribution_row(c) for c in self._hub_plan_contributions()]
        return rows

    def _hub_financing_row(self, source, kind, amounts, counted=True):
        return {"source": source, "kind": kind, "amounts": amounts, "counted": counted}

    def _hub_plan_loans(self):
        return self.env["hub.loan"].search(
            [
                ("lead_id", "=", self._origin.id),
                ("state", "not in", ("refused", "cancelled")),
            ],
            order="id",
        )

    def _hub_plan_contributions(self):
        return self.env["hub.contribution"].search(
            [
                ("lead_id", "=", self._origin.id),
                ("state", "not in", ("refused", "cancelled")),
            ],
            order="id",
        )

    def _hub_loan_row(self, loan):
        agreed = loan.state not in ("draft", "submitted")
        out = loan.tranche_ids.filtered(lambda part: part.state == "released")
        amounts = (
            loan.amount,
            loan.amount if agreed else 0,
            sum(out.mapped("amount")),
        )
        return self._hub_financing_row(
            loan.company_id.name,
            self.env._("Loan %(number)s", number=loan.name),
            amounts,
        )

    def _hub_contribution_row(self, one):
        guarantee, kind = one.instrument == "guarantee", one.what
        if guarantee:
            kind = self.env._("%(kind)s (brings no money)", kind=kind)
        amounts = (
            one.amount_asked or one.amount,
            one.amount if one.granted_on else 0,
            one.received_amount,
        )
        return self._hub_financing_row(
            one.partner_id.name or "", kind, amounts, counted=not guarantee
        )

    def _hub_financing_table(self):
        plan = self._hub_financing_plan()
        if not plan["rows"] and not plan["need"]:
            return ""
        cell = Markup("<td class='text-end text-nowrap'>%s</td>")
        head = Markup("<th class='text-end'>%s</th>")

        def join(pattern, values):
            return Markup().join(pattern % value for value in values)

        rows = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td>%s</tr>")
            % (row["source"], row["kind"], join(cell, row["texts"]))
            for row in plan["rows"]
        )
        return Markup(
            "<table class='table table-sm'><thead><tr><th>%s</th><th>%s</th>%s</tr>"
            "</thead><tbody>%s</tbody><tfoot><tr><th colspan='2'>%s</th>%s</tr></tfoot>"
            "</table><p>%s</p>"
        ) % (
            self.env._("Where it comes from"),
            self.env._("What it is"),
            join(head, plan["heads"]),
            rows,
            self.env._("In all"),
            join(head, plan["totals"]),
            plan["gap_text"],
        )

    def action_hub_add_funder(self):
        """Somebody else who funds the project without passing through the hub."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_contribution_action"
        )
        return {
            **action,
            "views": [(False, "form")],
            "context": {
                "default_lead_id": self.id,
                "default_direct": True,
                "default_instrument": "loan",
                "default_company_id": self.company_id.id,
            },
        }
