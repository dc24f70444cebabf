from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.date_utils import end_of, start_of

STATES = [("draft", "To be entered"), ("posted", "Entered")]


class HubLoanClosing(models.Model):
    """Year end: interest earned and not due, and what is set aside for late loans.

    Made once for a day, and again as often as something is corrected: only what is
    missing is entered, one entry for each loan.
    """

    _name = "hub.loan.closing"
    _description = "Year end of loans"
    _order = "date desc"
    _check_company_auto = True

    date = fields.Date(
        string="Closing date",
        required=True,
        default=lambda self: self._default_date(),
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft")
    posted_on = fields.Datetime(readonly=True, copy=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    turn = fields.Integer(
        readonly=True,
        copy=False,
        help="Moves each time: two at once are made one after the other.",
    )
    line_ids = fields.One2many("hub.loan.closing.line", "closing_id", string="Loans")
    accrual_to_post = fields.Monetary(
        string="Interest to enter", compute="_compute_to_post"
    )
    impairment_to_post = fields.Monetary(
        string="Impairments to enter", compute="_compute_to_post"
    )
    is_up_to_date = fields.Boolean(compute="_compute_to_post")
    difference = fields.Monetary(
        string="Difference, schedules and accounts",
        compute="_compute_difference",
        compute_sudo=True,
    )
    declared_count = fields.Integer(
        string="Loans to declare", compute="_compute_declared_count", compute_sudo=True
    )

    _once = models.UniqueIndex(
        "(company_id, date)", "There is already a year end for this day: open that one."
    )

    @api.model
    def _default_date(self):
        """The last day of the year that has ended."""
        today = fields.Date.context_today(self)
        year = self.env.company.compute_fiscalyear_dates(today)
        return fields.Date.subtract(year["date_from"], days=1)

    @api.depends("date", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for closing in self:
            day = format_date(self.env, closing.date) if closing.date else ""
            closing.display_name = self.env._("Year end of %(date)s", date=day)

    @api.depends("line_ids.accrual_change", "line_ids.impairment_change")
    def _compute_to_post(self):
        for closing in self:
            lines = closing.line_ids
            closing.accrual_to_post = sum(lines.mapped("accrual_change"))
            closing.impairment_to_post = sum(lines.mapped("impairment_change"))
            closing.is_up_to_date = not any(
                line.accrual_change or line.impairment_change for line in lines
            )

    def _compute_difference(self):
        for closing in self:
            rows = self.env["hub.loan.control"].search(
                [("company_id", "=", closing.company_id.id)]
            )
            closing.difference = sum(rows.mapped("difference"))

    @api.depends("date", "company_id")
    def _compute_declared_count(self):
        for closing in self:
            loans = closing._loans_to_declare() if closing.date else ()
            closing.declared_count = len(loans)

    @api.constrains("date")
    def _check_date(self):
        for closing in self:
            if closing.date > fields.Date.context_today(closing):
                raise UserError(
                    self.env._(
                        "%(closing)s: that day has not come yet.",
                        closing=closing.display_name,
                    )
                )

    def write(self, vals):
        if {"date", "company_id"} & set(vals):
            for closing in self.filtered("posted_on"):
                raise UserError(
                    self.env._(
                        "%(closing)s is entered: make another one for another day.",
                        closing=closing.display_name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        for closing in self.filtered("posted_on"):
            raise UserError(
                self.env._(
                    "%(closing)s is entered: what it is based on stays.",
                    closing=closing.display_name,
                )
            )

    # ------------------------------------------------------------
    # Working it out, entering it
    # ------------------------------------------------------------

    def action_compute(self):
        """Work it out from the accounts as they are now; rates typed in stay."""
        for closing in self:
            closing.check_access("write")
            closing.sudo()._compute_lines()

    def _compute_lines(self):
        """One line for each loan that shows something."""
        self.ensure_one()
        figures = self._figures()
        known = {line.loan_id: line for line in self.line_ids}
        commands = []
        for loan, values in figures.items():
            if line := known.pop(loan, None):
                commands.append(Command.update(line.id, values))
            else:
                commands.append(Command.create({"loan_id": loan.id, **values}))
        commands += [Command.delete(line.id) for line in known.values()]
        self.write({"line_ids": commands})

    def action_post(self):
        """Enter what is missing: nothing the second time."""
        for closing in self:
            closing.check_access("write")
            self.env["hub.loan.instalment"]._check_may_post()
            closing.sudo()._post()

    def _post(self):
        self.ensure_one()
        self.lock_for_update()
        self.turn += 1
        self.flush_recordset(["turn"])
        company = self.company_id
        closing = self.with_company(company).with_context(
            allowed_company_ids=company.ids
        )
        closing._compute_lines()
        lines = closing.line_ids
        loans = lines.loan_id
        if loans:
            loans._check_day_open(closing.date)
            loans._check_ready_for_entries()
            lines._post_accruals()
            lines._post_impairments()
            lines._post_gone_since()
        closing._compute_lines()
        closing.write(
            {
                "state": "posted",
                "posted_on": fields.Datetime.now(),
                "posted_by_id": self.env.uid,
            }
        )

    # ------------------------------------------------------------
    # Lists beside it
    # ------------------------------------------------------------

    def action_open_entries(self):
        """Entries of this year end."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        after = fields.Date.add(self.date, days=1)
        action["domain"] = list(
            Domain("company_id", "=", self.company_id.id)
            & (
                Domain("hub_kind", "=", "accrual") & Domain("date", "in", [self.date, after])
                | Domain("hub_kind", "=", "impairment") & Domain("date", "=", self.date)
            )
        )
        action["context"] = {"create": False}
        return action

    def action_open_control(self):
        """Schedules against the accounts, loan by loan."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_control_action"
        )

    def action_open_declared(self):
        """Loans that are to be declared (form 2062)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action_declared"
        )
        action["domain"] = [("id", "in", self._loans_to_declare().ids)]
        return action

    def _loans_to_declare(self):
        """Those agreed in the calendar year, whenever the accounts are closed."""
        self.ensure_one()
        first, last = start_of(self.date, "year"), end_of(self.date, "year")
        return self.env["hub.loan"]._to_declare(self.company_id, first, last)
