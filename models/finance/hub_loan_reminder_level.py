from odoo import api, fields, models

KINDS = [("message", "Write"), ("call", "Call")]
TEMPLATES = (
    (10, "message", "mail_template_loan_reminder_first"),
    (30, "message", "mail_template_loan_reminder_second"),
    (45, "call", None),
    (75, "message", "mail_template_loan_reminder_third"),
)


class HubLoanReminderLevel(models.Model):
    """When a borrower who is late is written to or called, and with which words."""

    _name = "hub.loan.reminder.level"
    _description = "Level of reminders"
    _order = "days, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    days = fields.Integer(string="Days late", required=True)
    kind = fields.Selection(KINDS, string="What", required=True, default="message")
    template_id = fields.Many2one(
        "mail.template",
        string="Words",
        domain=[("model", "=", "hub.loan.reminder")],
        ondelete="restrict",
        help="Of the e-mail, and of the letter where there is no address.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(company_id, days) WHERE active", "There is already a reminder on this day."
    )
    _late = models.Constraint(
        "CHECK(days > 0)", "Nobody is reminded before something is late."
    )
    _words = models.Constraint(
        "CHECK(kind = 'call' OR template_id IS NOT NULL)",
        "Choose the words of the message.",
    )

    @api.model
    def _set_up(self, companies):
        """The usual levels, for each hub that has none; each hub changes its own."""
        levels = self.sudo().with_context(active_test=False)
        for company in companies:
            if levels.search_count([("company_id", "=", company.id)], limit=1):
                continue
            self._create_usual(company)

    @api.model
    def _create_usual(self, company):
        for days, kind, xml_id in TEMPLATES:
            template = xml_id and self.env.ref(
                f"solidarity_hub.{xml_id}", raise_if_not_found=False
            )
            if kind == "message" and not template:
                continue
            level = self.sudo().create(
                {
                    "company_id": company.id,
                    "days": days,
                    "kind": kind,
                    "template_id": template.id if template else False,
                    "name": self.with_context(lang="en_US")._usual_name(days),
                }
            )
            for code, _name in self.env["res.lang"].get_installed():
                translated = self.with_context(lang=code)
                level.with_context(lang=code).name = translated._usual_name(days)

    @api.model
    def _usual_name(self, days):
        return {
            10: self.env._("A friendly word"),
            30: self.env._("Shall we talk about it?"),
            45: self.env._("A call"),
            75: self.env._("A letter"),
        }[days]
