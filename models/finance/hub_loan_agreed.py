from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from .hub_loan_agreement import STATES
from .hub_loan_rules import DATE_FIELDS

OPEN = ("draft", "to_sign")
# Terms are closed by the decision; these stay open until the signature.
TOLD = DATE_FIELDS | {"purpose"}


class HubLoan(models.Model):
    """The agreement of a loan: prepared, signed by all, kept."""

    _inherit = "hub.loan"

    agreement_ids = fields.One2many(
        "hub.loan.agreement", "loan_id", string="Agreements", copy=False
    )
    agreement_id = fields.Many2one(
        "hub.loan.agreement", compute="_compute_agreement_id"
    )
    agreement_state = fields.Selection(
        STATES, string="Signing", compute="_compute_agreement_id"
    )

    @api.depends("agreement_ids.state")
    def _compute_agreement_id(self):
        for loan in self:
            valid = loan.agreement_ids.filtered(lambda one: one.state != "void")[:1]
            loan.agreement_id = valid
            loan.agreement_state = valid.state

    def action_open_agreement(self):
        """The agreement of this loan, made where there is none yet."""
        self.ensure_one()
        self.check_access("write")
        agreement = self.agreement_id
        if not agreement:
            if self.state != "approved":
                raise UserError(
                    self.env._(
                        "%(loan)s is “%(state)s”: the agreement is prepared once the"
                        " committee has agreed.",
                        loan=self.display_name,
                        state=self._state_label(),
                    )
                )
            agreement = self._make_agreement()
        return agreement._get_records_action(name=self.env._("Loan agreement"))

    def _make_agreement(self):
        lang = self.partner_id.lang or self.env.lang or "en_US"
        return self.env["hub.loan.agreement"].create({"loan_id": self.id, "lang": lang})

    def action_sign(self):
        """Where an agreement was prepared, all have signed it, and what they signed
        is what the loan says."""
        for loan in self:
            if agreement := loan.sudo().agreement_id:
                loan._check_agreement_signed(agreement)
        result = super().action_sign()
        for agreement in self.sudo().agreement_id:
            agreement._unguarded().state = "signed"
        return result

    def _check_agreement_signed(self, agreement):
        if agreement.state not in OPEN:
            return
        if missing := agreement._missing():
            raise UserError(
                self.env._(
                    "%(loan)s is not signed by all: %(names)s. Note the signatures that"
                    " came on paper on the agreement first.",
                    loan=self.display_name,
                    names=", ".join(missing.partner_id.mapped("display_name")),
                )
            )
        if not agreement._still_says():
            raise UserError(
                self.env._(
                    "%(loan)s is no longer what was signed (dates, payments out or"
                    " parties changed). Take the text of the agreement back and have it"
                    " signed again.",
                    loan=self.display_name,
                )
            )

    def write(self, vals):
        if (names := TOLD & set(vals)) and not self._guard_is_open():
            self._check_text_open(names, vals)
        return super().write(vals)

    def _check_text_open(self, names, vals):
        """Days and purpose that stand in a text being signed do not change."""
        for agreement in self.sudo().agreement_id.filtered(
            lambda one: one.state == "to_sign"
        ):
            loan = agreement.loan_id
            if any(
                loan._fields[name].convert_to_cache(vals[name], loan) != loan[name]
                for name in names
            ):
                raise UserError(
                    self.env._(
                        "%(loan)s: its agreement is being signed as it is. Take"
                        " the text back first.",
                        loan=loan.display_name,
                    )
                )

    def _set_state(self, target, **vals):
        result = super()._set_state(target, **vals)
        if target not in ("signed", "disbursed", "repaid", "written_off"):
            agreements = self.sudo().agreement_id
            agreements.filtered(lambda one: one.loan_id.state != "approved")._void()
        return result

    # ------------------------------------------------------------
    # What the agreement says of the loan
    # ------------------------------------------------------------

    def _amount_in_words(self, amount):
        """e.g. Six mille euros, in the language of the document."""
        words = self.currency_id.amount_to_text(amount)
        return words[:1].upper() + words[1:].lower()

    def _method_label(self):
        return dict(self._fields["method"]._description_selection(self.env))[
            self.method
        ]

    def _agreed_payouts(self):
        return [
            {"date": fields.Date.to_string(day), "amount": amount}
            for day, amount in self._parts()
        ]

    def _agreed_lines(self):
        names = ("sequence", "principal", "interest", "amount", "balance_after")
        return [
            {
                "due_date": fields.Date.to_string(line.due_date),
                **{name: line[name] for name in names},
            }
            for line in self.instalment_ids.sorted("sequence")
        ]

    def _guarantee_words(self):
        """One sentence for each guarantee; what the kind of loan asks for, else."""
        if "guarantee_ids" in self._fields and self.guarantee_ids:
            return [self._guarantee_sentence(one) for one in self.guarantee_ids]
        if not self.guarantee_percent:
            return []
        percent = formatLang(self.env, self.guarantee_percent, digits=2)
        return [
            self.env._(
                "Somebody else stands for %(percent)s %% of what is owed.",
                percent=percent,
            )
        ]

    def _guarantee_sentence(self, guarantee):
        said = self.env._(
            "%(name)s stands for %(percent)s %% of what is owed.",
            name=guarantee.partner_id.name or "",
            percent=formatLang(self.env, guarantee.percent, digits=2),
        )
        if not guarantee.ceiling:
            return said
        most = self.env._(
            "At most %(amount)s.", amount=self.currency_id.format(guarantee.ceiling)
        )
        return f"{said} {most}"
