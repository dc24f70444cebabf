from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 200


class HubFundLine(models.Model):
    """The fund book as a whole: kept true by a daily job, handed out as plain rows."""

    _inherit = "hub.fund.line"

    @api.model
    def _cron_keep_book(self):
        """Whatever was entered by ways that nobody foresaw is told here, too.

        Each loan and contribution is compared with its entries and payments; where
        nothing changed nothing is written.
        """
        for model, method, domain in (
            ("hub.contribution", "_keep_book", Domain("line_ids", "!=", False)),
            ("hub.loan", "_allocate", Domain("share_ids", "!=", False)),
        ):
            last = 0
            records = self.env[model].with_context(active_test=False)
            while batch := records.search(
                domain & Domain("id", ">", last), limit=BATCH, order="id"
            ):
                getattr(batch, method)()
                last = batch[-1].id
                left = records.search_count(domain & Domain("id", ">", last))
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                    return


class HubFund(models.Model):
    _inherit = "hub.fund"

    def _book_rows(self, date_from=None, date_to=None):
        """Head and rows of the fund book of these funds, for a spreadsheet.

        :return: ``(labels, rows)``; rows in the order of dates, amounts as numbers,
            dates as dates, all else as text
        """
        domain = Domain("fund_id", "in", self.ids)
        if date_from:
            domain &= Domain("date", ">=", date_from)
        if date_to:
            domain &= Domain("date", "<=", date_to)
        lines = self.env["hub.fund.line"].search(domain, order="date, id")
        kinds = dict(lines._fields["kind"]._description_selection(self.env))
        labels = [
            self.env._("Date"),
            self.env._("Fund"),
            self.env._("What happened"),
            self.env._("Amount"),
            self.env._("In or out"),
            self.env._("Of which by the reserve"),
            self.env._("Funder"),
            self.env._("Contribution"),
            self.env._("Loan"),
            self.env._("Entry"),
        ]
        rows = [
            (
                line.date,
                line.fund_id.name,
                kinds[line.kind],
                line.amount,
                line.cash_amount,
                line.reserve_amount,
                line.funder_id.name or "",
                line.contribution_id.name or "",
                line.loan_id.name or "",
                line.sudo().move_id.name or "",
            )
            for line in lines
        ]
        return labels, rows

    def _figure_rows(self, day=None):
        """Head and one row of figures for each of these funds, at a date."""
        day = fields.Date.to_date(day) or fields.Date.context_today(self)
        names = [
            "received_amount",
            "returned_amount",
            "lent_amount",
            "repaid_amount",
            "lost_amount",
            "recovered_amount",
            "interest_amount",
            "outstanding_amount",
            "cash_amount",
            "held_amount",
            "committed_amount",
            "reserve_left",
            "available_amount",
        ]
        labels = [
            self._fields[name]._description_string(self.env) for name in ["name", *names]
        ]
        funds = self.with_context(hub_fund_date=day)
        return labels, [(fund.name, *(fund[name] for name in names)) for fund in funds]
