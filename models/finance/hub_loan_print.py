from odoo import fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date

KEPT_SCHEDULE = ("signed", "disbursed", "repaid", "written_off")


class HubLoan(models.Model):
    """Words of the documents that a borrower gets, in his language."""

    _inherit = "hub.loan"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.env.lang

    def _print_reference(self):
        return " · ".join(filter(None, [self.name, self.company_id.name]))

    def _print_file(self, kind):
        """Name of a printed file: what it is, then of which loan."""
        self.ensure_one()
        loan = self.with_context(lang=self._hub_print_lang())
        words = {
            "schedule": loan.env._("Schedule"),
            "statement": loan.env._("Statement of account"),
            "certificate": loan.env._("Certificate: loan paid back"),
        }
        name = " ".join(filter(None, [words[kind], loan.name, loan.partner_id.name]))
        return name.replace("/", "-").replace(":", "")

    def _print_money(self, amount):
        return self.currency_id.format(amount)

    def _print_day(self, day):
        return long_date(self.env, day)

    def _print_today(self):
        return long_date(self.env, fields.Date.context_today(self))

    def _print_as_of(self):
        return self.env._("As of %(date)s.", date=self._print_today())

    def _print_given(self):
        return self.env._(
            "Given on %(date)s, for whom it may concern.", date=self._print_today()
        )

    def _print_late(self):
        return self.env._(
            "Late today: %(amount)s.", amount=self._print_money(self.overdue_amount)
        )

    def _print_next(self):
        return self.env._(
            "Next instalment: %(amount)s on %(date)s.",
            amount=self._print_money(self.next_due_amount),
            date=self._print_day(self.next_due_date),
        )

    def _print_address(self):
        person = self.partner_id.sudo()
        place = " ".join(filter(None, [person.zip, person.city]))
        return list(filter(None, [person.street, person.street2, place]))

    def _print_lent(self):
        """How much, when, for what."""
        said = self.env._(
            "%(amount)s lent on %(date)s.",
            amount=self._print_money(self._lent_amount()),
            date=self._print_day(self.disbursement_date),
        )
        if self.state not in KEPT_SCHEDULE[1:]:
            said = self.env._(
                "%(amount)s to be paid out on %(date)s.",
                amount=self._print_money(self.amount),
                date=self._print_day(self.disbursement_date),
            )
        parts = [said, self.purpose and f"{self.purpose.rstrip('.')}."]
        return " ".join(filter(None, parts))

    def _lent_amount(self):
        """What was really paid out, in all parts."""
        parts = self.sudo().tranche_ids.filtered(lambda one: one.state == "released")
        return sum(parts.mapped("amount")) or self.amount

    def _print_schedule_note(self):
        """Which version of the schedule this is."""
        schedule = self._live_schedule()
        if self.state not in KEPT_SCHEDULE:
            return self.env._("As asked for: nothing is decided before it is signed.")
        if schedule.version > 1:
            return self.env._(
                "Version %(number)s, in force since %(date)s.",
                number=schedule.version,
                date=self._print_day(schedule.date),
            )
        return self.env._("As signed.")

    def _print_line_state(self, line):
        """“Paid” beside a line that is paid, what is open beside one that is not."""
        if line.state in ("planned", "due") or not line.amount:
            return ""
        if line.residual_amount:
            return self.env._(
                "open: %(amount)s", amount=self._print_money(line.residual_amount)
            )
        return dict(line._fields["state"]._description_selection(self.env))[line.state]

    def _paid_back_on(self):
        """The day of the last payment of a loan that is paid back."""
        self.ensure_one()
        if self.state != "repaid":
            raise UserError(
                self.env._(
                    "%(loan)s is “%(state)s”: the certificate is given once all is paid"
                    " back.",
                    loan=self.display_name,
                    state=self._state_label(),
                )
            )
        return max(row["date"] for row in self._statement())

    def _print_certificate(self):
        """What the hub certifies, as one sentence."""
        return self.env._(
            "%(hub)s certifies that the loan %(number)s of %(amount)s (%(words)s),"
            " paid out on %(start)s to %(name)s, was wholly paid back on %(end)s."
            " Nothing more is owed on it.",
            hub=self.company_id.name,
            number=self.name,
            amount=self._print_money(self._lent_amount()),
            words=self._amount_in_words(self._lent_amount()),
            start=self._print_day(self.disbursement_date),
            name=self._print_names(),
            end=self._print_day(self._paid_back_on()),
        )

    def _print_names(self):
        people = (self.partner_id | self.co_borrower_ids).sudo()
        return ", ".join(people.mapped("name"))

    def _print_settled_otherwise(self):
        """Parts that were not paid by the borrower are not hidden."""
        lines = self.sudo().instalment_ids
        states = set(lines.mapped("state")) & {"waived", "guaranteed", "written_off"}
        if not states:
            return ""
        return self.env._(
            "A part of it was settled otherwise than by payment of the borrower."
        )
