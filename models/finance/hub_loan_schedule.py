from odoo import api, fields, models
from odoo.tools import format_date


class HubLoanSchedule(models.Model):
    """One version of what a borrower is to pay: the last one is alive.

    Earlier versions keep their lines as they were, for whoever asks later what was
    agreed before; their due lines now belong to the version that replaced them.
    """

    _name = "hub.loan.schedule"
    _description = "Version of a loan's schedule"
    _order = "loan_id, version desc"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    version = fields.Integer(required=True, default=1)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char(help="Why this version replaced the one before.")
    approved_by_id = fields.Many2one("res.users", string="Approved by")
    is_live = fields.Boolean(string="In force", default=True)
    content = fields.Json(
        string="Lines as they were",
        help="Of a version that was replaced: its lines on that day.",
    )
    content_html = fields.Html(
        string="Lines", compute="_compute_content_html", sanitize=False
    )
    instalment_ids = fields.One2many("hub.loan.instalment", "schedule_id")

    _version_once = models.UniqueIndex(
        "(loan_id, version)", "Each version of a schedule has its own number."
    )
    _live_once = models.UniqueIndex(
        "(loan_id) WHERE is_live", "Only one version of a schedule is in force."
    )

    @api.depends("loan_id.name", "version", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for schedule in self:
            schedule.display_name = self.env._(
                "%(loan)s, version %(version)s of %(date)s",
                loan=schedule.loan_id.name or "",
                version=schedule.version,
                date=format_date(self.env, schedule.date) if schedule.date else "",
            )

    @api.depends("content", "instalment_ids")
    def _compute_content_html(self):
        for schedule in self:
            lines = schedule.content or schedule._as_content()
            schedule.content_html = schedule.loan_id._lines_as_table(lines)

    def _as_content(self):
        """The lines as plain values, to be kept when they are replaced."""
        self.ensure_one()
        return [line._as_dict() for line in self.sudo().instalment_ids]
