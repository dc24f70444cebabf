from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date
from ..common.hub_asking_mixin import CALL

CHANNELS = [
    ("email", "By e-mail"),
    ("letter", "By letter"),
    ("call", "By telephone"),
]
STATES = [
    ("prepared", "To be sent"),
    ("sent", "Sent"),
    ("dropped", "Not sent"),
]


class HubLoanReminder(models.Model):
    """A word to somebody who is late: friendly, with a name and a telephone number.

    It asks for no interest on what is late, and for no fee.
    """

    _name = "hub.loan.reminder"
    _description = "Reminder of late instalments"
    _inherit = ["hub.asking.mixin", "hub.guard.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "loan_id",
            "level_id",
            "date",
            "since",
            "amount",
            "days",
            "channel",
            "state",
            "sent_on",
            "sent_by_id",
        }
    )

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    partner_id = fields.Many2one(
        related="loan_id.partner_id", string="Borrower", store=True, precompute=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    level_id = fields.Many2one(
        "hub.loan.reminder.level",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    since = fields.Date(
        string="Late since",
        required=True,
        help="Since when the oldest amount is late: while it is the same, nobody is"
        " reminded of it twice in the same words.",
    )
    amount = fields.Monetary(string="Late", required=True)
    days = fields.Integer(string="Days late", required=True, aggregator=False)
    channel = fields.Selection(CHANNELS, required=True)
    state = fields.Selection(STATES, required=True, default="prepared", index=True)
    sent_on = fields.Date(readonly=True)
    sent_by_id = fields.Many2one("res.users", readonly=True)
    contact_id = fields.Many2one(
        "res.users",
        string="Whom to call",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    body = fields.Html(
        string="Words", compute="_compute_body", compute_sudo=True, sanitize=False
    )

    _once = models.UniqueIndex(
        "(loan_id, since, level_id)", "This reminder is there already."
    )

    @api.depends("loan_id.name", "level_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for reminder in self:
            words = [reminder.loan_id.name, reminder.level_id.name]
            reminder.display_name = " · ".join(filter(None, words))

    @api.depends("loan_id")
    def _compute_contact_id(self):
        for reminder in self:
            reminder.contact_id = reminder.loan_id._contact()

    def _compute_body(self):
        for reminder in self:
            reminder.body = reminder._letter_body()

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def action_send(self):
        """Send what was prepared: e-mails go, calls become activities; letters are
        printed and then marked as sent."""
        self._check_prepared()
        self.sudo()._send()
        mailed = self.filtered(lambda one: one.channel == "email")
        letters = self.filtered(lambda one: one.channel == "letter")
        if letters:
            return letters.action_print()
        return self._notify_reminded(len(mailed), [])

    def action_print(self):
        """The letters, all in one print."""
        self.check_access("read")
        return self.env.ref("solidarity_hub.report_loan_reminder").report_action(self)

    def action_sent(self):
        """The letter was posted."""
        self._check_prepared()
        self._note_sent()

    def action_drop(self):
        """Somebody looked, and prefers not to write."""
        self._check_prepared()
        self._unguarded().write({"state": "dropped", "sent_by_id": self.env.uid})

    def _check_prepared(self):
        self.check_access("write")
        for reminder in self.filtered(lambda one: one.state != "prepared"):
            raise UserError(
                self.env._(
                    "%(reminder)s is settled already.", reminder=reminder.display_name
                )
            )

    def _send(self):
        """E-mails and activities; what could not be mailed becomes a call."""
        mails = self.filtered(lambda one: one.channel == "email")
        unsent = mails.filtered(lambda one: not self._safely(one._queue_mail))
        calls = self.filtered(lambda one: one.channel == "call") | unsent
        if mails - unsent:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        calls._ask_to_call()
        (mails | calls)._note_sent()

    def _queue_mail(self):
        self.level_id.template_id.sudo().send_mail(self.id)
        return True

    def _note_sent(self):
        today = self._today()
        self._unguarded().write(
            {"state": "sent", "sent_on": today, "sent_by_id": self.env.uid}
        )
        labels = dict(self._fields["channel"]._description_selection(self.env))
        for reminder in self:
            reminder.loan_id.sudo().message_post(
                body=self.env._(
                    "Reminder “%(level)s”, %(channel)s: %(amount)s late.",
                    level=reminder.level_id.name,
                    channel=labels[reminder.channel],
                    amount=reminder.currency_id.format(reminder.amount),
                )
            )

    def _ask_to_call(self):
        """Somebody calls the borrower: what happened, what is possible?"""
        vals_list = []
        for reminder in self:
            loan = reminder.loan_id
            user = self._first_of_team(reminder.contact_id, reminder.company_id)
            env = self.with_context(lang=user.lang).env
            vals_list.append(
                self._prepare_activity_vals(
                    loan,
                    CALL,
                    user,
                    self._call_summary(
                        env, loan.partner_id.name, loan.partner_id.phone
                    ),
                    [
                        env._(
                            "%(amount)s are late since %(days)s days. What happened?"
                            " A respite of some months takes two clicks on the loan.",
                            amount=reminder.currency_id.format(reminder.amount),
                            days=reminder.days,
                        )
                    ],
                )
            )
        self._create_activities(vals_list)

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _hub_print_lang(self):
        """The letter is in the language of whoever reads it, page numbers too."""
        self.ensure_one()
        return self.partner_id.sudo().lang or self.env.lang

    def _contact_name(self):
        return self.contact_id.name or self.company_id.name or ""

    def _contact_phone(self):
        return self.contact_id.partner_id.phone or self.company_id.phone or ""

    def _amount_text(self):
        return self.currency_id.format(self.amount)

    def _late_lines(self):
        """What is late, as ``[(due date, amount)]``."""
        return [
            (line.date_maturity, self.currency_id.format(line.overdue_amount))
            for line in self.loan_id.sudo().instalment_ids.filtered("is_overdue")
        ]

    def _late_words(self):
        """What is late, a line for each instalment."""
        return [
            self.env._("%(day)s: %(amount)s", day=long_date(self.env, day), amount=text)
            for day, text in self._late_lines()
        ]

    def _letter_day(self):
        """Where and when the letter was written."""
        reader = self.with_context(lang=self._hub_print_lang())
        day = long_date(reader.env, self.date)
        city = self.company_id.city
        if not city:
            return day
        return reader.env._("%(city)s, %(day)s", city=city, day=day)

    def _letter_body(self):
        """The words of the message, for the letter."""
        template = self.level_id.template_id.sudo()
        if not template:
            return Markup()
        return template._render_field("body_html", self.ids, compute_lang=True)[self.id]


class HubLoan(models.Model):
    _inherit = "hub.loan"

    reminder_ids = fields.One2many("hub.loan.reminder", "loan_id", string="Reminders")
    contact_id = fields.Many2one(
        "res.users",
        string="Contact for the borrower",
        check_company=True,
        help="Whom the borrower may call. Empty: as in the settings, else whoever"
        " presented the loan.",
    )

    def _contact(self):
        self.ensure_one()
        company = self.company_id
        return self.contact_id or company.hub_loan_contact_id or self.user_id
