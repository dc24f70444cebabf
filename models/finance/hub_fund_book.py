from odoo import api, models
from odoo.fields import Domain

BATCH = 200


class HubFundLine(models.Model):
    """The fund book as a whole, kept true by a daily job."""

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
