from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

KINDS = [
    ("early", "Early repayment"),
    ("respite", "Respite"),
    ("reschedule", "Rescheduling"),
    ("guarantee", "Guarantee called"),
    ("share", "Share of a guarantor"),
    ("waiver", "Waiver"),
    ("doubtful", "Doubtful"),
    ("sound", "No longer doubtful"),
    ("write_off", "Loss"),
    ("recovery", "Recovered after a loss"),
    ("cancel", "Cancelled after it was paid out"),
]
STATES = [
    ("asked", "To be agreed"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("undone", "Undone"),
]
# What somebody decides in favour of the borrower or at the cost of the hub.
DECIDED = frozenset(
    {"respite", "reschedule", "guarantee", "waiver", "doubtful", "write_off", "cancel"}
)
# Each of these stands by itself: what came later need not be undone before.
ALONE = frozenset({"share", "recovery"})
RUNNING = ("disbursed",)
STATES_OF_LOAN = {"recovery": ("written_off",), "share": ("disbursed", "repaid")}


class HubLoanChange(models.Model):
    """Something that happened to a running loan otherwise than its schedule said.

    Who asked for it, why, who agreed; the entries that it made and the version of the
    schedule that it put in force. What was a mistake is undone: entries are reversed
    and the schedule is as before.
    """

    _name = "hub.loan.change"
    _description = "Change in the life of a loan"
    _inherit = ["hub.asking.mixin"]
    _order = "id desc"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="asked")
    reason = fields.Char(readonly=True)
    terms = fields.Json(
        readonly=True, help="What was asked, and what is needed to undo it."
    )
    guarantee_id = fields.Many2one(
        "hub.loan.guarantee",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
    )
    text = fields.Char(string="What", compute="_compute_text", compute_sudo=True)
    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Agreed by", readonly=True, ondelete="restrict"
    )
    decided_on = fields.Datetime(readonly=True)
    refusal = fields.Char(string="Why it was refused", readonly=True)
    principal = fields.Monetary(readonly=True)
    interest = fields.Monetary(readonly=True)
    schedule_id = fields.Many2one(
        "hub.loan.schedule", readonly=True, ondelete="set null", index="btree_not_null"
    )
    former_schedule_id = fields.Many2one(
        "hub.loan.schedule", readonly=True, ondelete="set null"
    )
    move_ids = fields.One2many(
        "account.move", "hub_change_id", string="Entries", readonly=True
    )
    move_count = fields.Integer(compute="_compute_move_count", compute_sudo=True)
    claim_ids = fields.One2many("hub.loan.claim", "change_id", readonly=True)

    @api.depends("kind", "date", "loan_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for change in self:
            day = format_date(self.env, change.date) if change.date else ""
            words = [labels.get(change.kind), day, change.loan_id.name]
            change.display_name = " ".join(filter(None, words))

    def _compute_move_count(self):
        found = self.env["account.move"]._read_group(
            [("hub_change_id", "in", self.ids)], ["hub_change_id"], ["__count"]
        )
        counts = dict(found)
        for change in self:
            change.move_count = counts.get(change._origin, 0)

    @api.depends("kind", "terms", "principal", "interest")
    @api.depends_context("lang")
    def _compute_text(self):
        """What is asked or was done, in a sentence."""
        for change in self:
            words = getattr(change, f"_words_{change.kind}", None)
            change.text = words() if words else ""

    # ------------------------------------------------------------
    # Asking and agreeing
    # ------------------------------------------------------------

    @api.model
    def _propose(self, loan, kind, day, reason=None, **terms):
        """Make a change, or ask a second person for it where the hub wants that.

        :param loan: one loan; whoever asks may write on it
        :param terms: what is asked, as each kind of change reads it
        """
        loan.ensure_one()
        loan.check_access("write")
        change = self.sudo().create(
            {
                "loan_id": loan.id,
                "kind": kind,
                "date": day,
                "reason": (reason or "").strip(),
                "guarantee_id": terms.get("guarantee_id"),
                "terms": terms,
            }
        )
        change._check_reason()
        change._check_loan_open()
        if change._needs_second_person():
            change._ask_second_person()
            return change.sudo(False)
        change = change.sudo(False)
        change._check_may_carry_out()
        change.sudo()._carry_out()
        return change

    def _check_reason(self):
        if self.kind in DECIDED and not self.reason:
            raise UserError(
                self.env._(
                    "%(change)s: say why. Whoever reads the file of the loan later will"
                    " want to know.",
                    change=self.display_name,
                )
            )

    def _check_may_carry_out(self):
        if self._makes_entries():
            self.env["hub.loan.instalment"]._check_may_post()

    def _makes_entries(self):
        """Other than those of what was due anyway."""
        if self.kind == "reschedule":
            return bool(self.terms.get("put_back"))
        return self.kind != "respite"

    def action_approve(self):
        """Agree to what somebody else asked: it is done at once."""
        for change in self:
            change._check_to_decide()
            change._check_may_carry_out()
            change.sudo()._carry_out()

    def action_refuse(self, motive=None):
        """Refuse what was asked.

        :param motive: why, in a sentence
        """
        for change in self:
            change._check_to_decide(refusing=True)
            change.sudo().write(
                {
                    "state": "refused",
                    "refusal": motive,
                    "decided_by_id": self.env.uid,
                    "decided_on": fields.Datetime.now(),
                }
            )

    def _check_to_decide(self, refusing=False):
        self.ensure_one()
        self.loan_id.check_access("write")
        if self.state != "asked":
            raise UserError(
                self.env._("%(change)s is decided already.", change=self.display_name)
            )
        own = self.asked_by_id == self.env.user
        if own and not refusing and self._needs_second_person():
            raise UserError(
                self.env._(
                    "%(change)s: you asked for it yourself, somebody else agrees. Let"
                    " another person of finance look at it.",
                    change=self.display_name,
                )
            )

    # ------------------------------------------------------------
    # Doing it
    # ------------------------------------------------------------

    def _carry_out(self):
        """Do what was asked, whole or not at all; for whoever was let through."""
        self.ensure_one()
        company = self.company_id
        change = self.with_company(company).with_context(
            allowed_company_ids=company.ids
        )
        loan = change.loan_id
        loan._take_turn()
        change._check_loan_open()
        if change._makes_entries():
            loan._check_ready_for_entries()
            loan._check_day_open(change.date)
            loan._check_money_posted()
        if change.kind not in ALONE:
            loan._enter_until(change.date)
            loan._check_nothing_later(change.date)
        getattr(change, f"_apply_{change.kind}")()
        change.write(
            {
                "state": "done",
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        change._tell_in_discussion()

    def _check_loan_open(self):
        """The loan is in a state in which this can happen."""
        loan = self.loan_id
        wanted = STATES_OF_LOAN.get(self.kind, RUNNING)
        if loan.state not in wanted:
            labels = dict(loan._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(change)s: the loan is “%(state)s”, it would have to be"
                    " “%(wanted)s”.",
                    change=self.display_name,
                    state=labels[loan.state],
                    wanted=labels[wanted[0]],
                )
            )
        if "planned" in loan.tranche_ids.mapped("state"):
            raise UserError(
                self.env._(
                    "%(change)s: a part of the loan is still to be paid out. Pay it"
                    " out or give it up first.",
                    change=self.display_name,
                )
            )

    def _tell_in_discussion(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = [kinds[self.kind], self.text, self.reason]
        self.loan_id.message_post(body=" · ".join(filter(None, words)))

    def action_open_moves(self):
        """The entries that this change made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        action["domain"] = [("hub_change_id", "=", self.id)]
        action["context"] = {"create": False}
        return action
