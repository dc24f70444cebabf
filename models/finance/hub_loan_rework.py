from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_list

from ...tools.amortization import Instalment, accrued_interest


class HubLoanSchedule(models.Model):
    """Versions that people decided: they are not worked out again from the terms."""

    _inherit = "hub.loan.schedule"

    is_decided = fields.Boolean(readonly=True)
    change_id = fields.Many2one(
        "hub.loan.change", readonly=True, ondelete="set null", index="btree_not_null"
    )
    terms = fields.Json(
        readonly=True,
        help="Rate and method, where they are no longer those signed; interest that is"
        " carried from before the version.",
    )

    def _former_lines(self):
        """Planned lines of a version that was replaced, as tools read them."""
        self.ensure_one()
        exact = self.loan_id._exact
        return [
            Instalment(
                line["sequence"],
                fields.Date.to_date(line["due_date"]),
                exact(line["principal"]),
                exact(line["interest"]),
                exact(line["amount"]),
                exact(line["balance_after"]),
            )
            for line in sorted(self.content or [], key=lambda one: one["sequence"])
            if line.get("kind", "plan") == "plan"
        ]


class HubLoan(models.Model):
    """New versions of the schedule of a running loan, and back to the one before."""

    _inherit = "hub.loan"

    change_ids = fields.One2many("hub.loan.change", "loan_id", string="Events")
    turn = fields.Integer(
        copy=False,
        readonly=True,
        help="Moves with each change: two at once are made one after the other.",
    )

    def _take_turn(self):
        self.lock_for_update()
        for loan in self._unguarded():
            loan.turn += 1
        self.flush_recordset(["turn"])

    # ------------------------------------------------------------
    # What a change starts from
    # ------------------------------------------------------------

    def _enter_until(self, day):
        """What was due until a day is in the accounts before anything changes."""
        lines = self.sudo().instalment_ids
        self._check_posted(lines.due_move_id)
        due = lines.filtered(
            lambda line: line.amount and not line.due_move_id and line.due_date <= day
        )
        due._lock_to_enter()._enter()

    def _check_money_posted(self):
        """Money that was set back to draft still clings to what it paid, and nobody
        knows yet whether that is open."""
        items = self.sudo().instalment_ids.due_line_id | self.sudo().fee_line_id
        items |= self.sudo().claim_ids.line_id
        self._check_posted(items.matched_credit_ids.credit_move_id.move_id)

    def _check_posted(self, moves):
        drafts = moves.filtered(lambda move: move.state == "draft")
        if drafts:
            raise UserError(
                self.env._(
                    "%(loan)s: %(entries)s are drafts. Post or delete them first.",
                    loan=self.display_name,
                    entries=format_list(self.env, drafts.mapped("display_name")),
                )
            )

    def _check_nothing_later(self, day):
        """What is due after a day and entered already cannot be planned anew."""
        begin = self._interest_begin()
        entered = self.sudo().instalment_ids.filtered("due_move_id")
        last = max([begin, *entered.mapped("due_date")])
        if day < last:
            raise UserError(
                self.env._(
                    "%(loan)s: something is entered for %(last)s already. Choose that"
                    " day or a later one.",
                    loan=self.display_name,
                    last=format_date(self.env, last),
                )
            )

    def _plan_lines(self):
        """The lines of the schedule as tools read them, other lines left out."""
        exact = self._exact
        return [
            Instalment(
                line.sequence,
                line.due_date,
                exact(line.principal),
                exact(line.interest),
                exact(line.amount),
                exact(line.balance_after),
            )
            for line in self.sudo().instalment_ids.sorted("sequence")
            if line.kind == "plan"
        ]

    def _coming_lines(self):
        """Those that are not entered yet, as tools read them."""
        fixed = set(self._fixed_lines().mapped("sequence"))
        return [line for line in self._plan_lines() if line.sequence not in fixed]

    def _not_due(self):
        """Principal that is not due yet."""
        return sum(line.principal for line in self._coming_lines())

    def _terms_now(self):
        """Rate and method of what is to come: those signed, or those agreed since."""
        terms = {
            "annual_rate": self.annual_rate,
            "method": self.method,
            "period_months": self.period_months,
        }
        agreed = self._live_schedule().terms or {}
        return {name: agreed.get(name, value) for name, value in terms.items()}

    def _rounding(self):
        return self.currency_id.rounding or 0.01

    def _interest_begin(self):
        """The day from which the first line bears interest."""
        return self.disbursement_date

    def _deferred_interest(self):
        """Interest of a grace without payments that has passed, to be paid later."""
        lines = self._plan_lines()
        passed = [line.due_date for line in self._fixed_lines().sorted("sequence")]
        if not passed or not self._coming_lines():
            return self._exact(0)
        return self._interest_earned(lines, max(passed))

    @api.model
    def _pending_terms(self, terms, lines, day):
        """The interest carried from before a version, while nothing paid it yet."""
        carried = (terms or {}).get("carried")
        if not carried:
            return None
        paying = [x for x in lines if x.sequence >= terms["first"] and x.amount]
        if paying and paying[0].due_date <= day:
            return None
        return carried

    def _interest_earned(self, lines, day, terms=None):
        """Interest earned and not due at the end of a day.

        :param lines: of the version in force on that day
        :param terms: of that version
        """
        if terms is None:
            terms = self._live_schedule().terms
        begin, carried = self._interest_begin(), 0
        if pending := self._pending_terms(terms, lines, day):
            carried = pending
            begin = fields.Date.to_date(terms["begin"])
            lines = [line for line in lines if line.sequence >= terms["first"]]
        return accrued_interest(
            lines,
            day,
            disbursed=begin,
            carried_interest=carried,
            rounding=self._rounding(),
        )

    # ------------------------------------------------------------
    # A new version
    # ------------------------------------------------------------

    def _rework(self, change, rest, gone=None, **terms):
        """Put a version in force: what is entered, what a change takes out of the
        loan, and the rest.

        :param rest: coming lines as tools give them; numbered anew
        :param gone: principal and interest that leave the loan now
        :param terms: rate, method, interest carried, where they are new
        :return: the line of what leaves, if any
        """
        self.ensure_one()
        fixed, old = self._fixed_lines(), self._live_schedule()
        number = (fixed[-1:].sequence or 0) + 1
        lines = []
        if gone:
            principal, interest = gone
            left = sum(line.principal for line in rest)
            lines.append(
                Instalment(
                    number, change.date, principal, interest, principal + interest, left
                )
            )
        first = number + len(lines)
        lines += [replace(x, sequence=n) for n, x in enumerate(rest, start=first)]
        terms = self._terms_of_version(old, number, first, terms)
        new = self._replace_schedule(
            lines, change.reason or change.display_name, approver=self.env.user
        )
        new.write(
            {
                "date": change.date,
                "is_decided": True,
                "change_id": change.id,
                "terms": terms,
            }
        )
        change.write({"schedule_id": new.id, "former_schedule_id": old.id})
        if not gone:
            return self.env["hub.loan.instalment"]
        line = new.instalment_ids.filtered(lambda one: one.sequence == number)
        line.write({"kind": change.kind, "change_id": change.id})
        return line

    def _terms_of_version(self, old, number, first, terms):
        """Terms that stay, interest carried that is still to be paid, and the number
        from which this version replaced the one before."""
        kept = dict(old.terms or {})
        passed = self._fixed_lines().mapped("due_date")
        day = max([self._interest_begin(), *passed])
        if not self._pending_terms(kept, self._plan_lines(), day):
            kept.pop("carried", None)
        if kept.get("carried"):
            kept["first"] = first
        return {**kept, **terms, "from": number}

    def _set_gone(self, line, move):
        """The entry by which principal left before it was due."""
        line.write({"due_move_id": move.id})
