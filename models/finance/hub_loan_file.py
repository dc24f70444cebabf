from odoo import api, fields, models

from ...reports.print_words import long_date

# Whoever works with loans; other readers see the file and nothing to press.
WORKERS = ("solidarity_hub.group_hub_adviser", "solidarity_hub.group_hub_finance")


class HubLoan(models.Model):
    """The file of a loan as the members of a committee read it."""

    _inherit = "hub.loan"
    _has_file_page = True

    paper_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Papers",
        domain=[("res_model", "=", "hub.loan")],
        help="What is attached to the loan.",
    )
    # What those who work on it have still to do with it is theirs.
    activity_ids = fields.One2many(groups=",".join(WORKERS))
    activity_summary = fields.Char(groups=",".join(WORKERS))

    @api.model
    def _reads_as_member(self):
        return not any(map(self.env.user.has_group, WORKERS))

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._reads_as_member())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Members of a committee get a page to read, whichever way they come."""
        if view_type == "form" and self._reads_as_member():
            view_id = self.env.ref("solidarity_hub.hub_loan_view_form_file").id
        return super()._get_view(view_id, view_type, **options)

    def _file_values(self):
        """The same for a page, as plain values."""
        self.ensure_one()
        loan, money = self.sudo(), self.currency_id.format
        labels = dict(self._fields["opinion"]._description_selection(self.env))
        rows = [
            (self.env._("Borrower"), self._file_people()),
            (self.env._("Project"), loan.lead_id.name),
            (self.env._("For what"), loan.purpose),
            (self.env._("Amount"), money(loan.amount)),
            (self.env._("Paid out on"), long_date(self.env, loan.disbursement_date)),
            (self.env._("What would be paid"), loan.preview_text),
            (self.env._("Guarantees"), loan._file_guarantees()),
            (self.env._("Presented by"), loan.user_id.name),
            (self.env._("Opinion"), labels.get(loan.opinion)),
        ]
        return {
            "title": loan.display_name,
            "rows": [(label, value) for label, value in rows if value],
            "heading": self.env._("What was found"),
            "text": loan.instruction or "",
            "table": loan.preview,
            "papers": [{"id": one.id, "name": one.name} for one in loan.paper_ids],
        }

    def _file_papers(self):
        return self.sudo().paper_ids

    def _file_people(self):
        people = self.sudo().partner_id | self.sudo().co_borrower_ids
        return ", ".join(people.mapped("display_name"))

    def _file_guarantees(self):
        return ", ".join(
            f"{one.partner_id.display_name} ({one.percent:g} %)"
            for one in self.guarantee_ids
        )
