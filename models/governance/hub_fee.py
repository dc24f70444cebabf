from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

CLOSED = {"partner_id", "year", "amount", "paid_on", "means", "company_id"}


class HubFee(models.Model):
    """The yearly fee of a member, due or paid, with its receipt."""

    _name = "hub.fee"
    _description = "Membership fee"
    _inherit = ["hub.guard.mixin"]
    _order = "year desc, id desc"
    _rec_names_search = ["partner_id", "number"]
    _check_company_auto = True
    _guarded_fields = frozenset({"number", "receipt_on"})

    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    year = fields.Integer(
        required=True,
        aggregator=False,
        default=lambda self: fields.Date.context_today(self).year,
    )
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    paid_on = fields.Date(string="Paid on", copy=False, help="Empty: not paid yet.")
    means = fields.Selection(
        [
            ("transfer", "Bank transfer"),
            ("cheque", "Cheque"),
            ("card", "Card"),
            ("cash", "Cash"),
        ],
        string="Paid by",
        copy=False,
    )
    number = fields.Char(string="Receipt number", readonly=True, copy=False)
    receipt_on = fields.Date(string="Receipt given on", readonly=True, copy=False)
    note = fields.Char()
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "A fee cannot be negative."
    )
    _year_sensible = models.Constraint(
        "CHECK(year BETWEEN 1900 AND 2999)",
        "The year of a fee has four figures, such as 2026.",
    )

    @api.depends("partner_id.display_name", "year")
    def _compute_display_name(self):
        for fee in self:
            fee.display_name = f"{fee.partner_id.display_name or ''}, {fee.year}"

    @api.constrains("partner_id", "year", "company_id", "active")
    def _check_once(self):
        found = self.search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("year", "in", self.mapped("year"))
        ).grouped(lambda fee: (fee.partner_id, fee.year, fee.company_id))
        for fee in self.filtered("active"):
            if len(found[fee.partner_id, fee.year, fee.company_id]) > 1:
                raise ValidationError(
                    self.env._(
                        "The fee of %(fee)s is already there: change that one.",
                        fee=fee.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        fees = super().create(vals_list)
        fees._tell_meetings()
        return fees

    def write(self, vals):
        if CLOSED & set(vals):
            self._check_no_receipt()
        result = super().write(vals)
        if {"paid_on", "active", "partner_id", "year"} & set(vals):
            self._tell_meetings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_receipt(self):
        self._check_no_receipt()

    def _check_no_receipt(self):
        for fee in self.filtered("receipt_on"):
            raise UserError(
                self.env._(
                    "A receipt was given for the fee of %(fee)s (%(number)s): it stays"
                    " as it is. Archive it and enter the right one.",
                    fee=fee.display_name,
                    number=fee.number,
                )
            )

    def _tell_meetings(self):
        """Whoever pays at the door votes: meetings not yet over look again."""
        open_meetings = self.env["hub.meeting"].search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("fee_required", "=", True)
            & Domain("state", "=", "convened")
        )
        open_meetings._refresh_fees()

    def action_paid(self):
        """Paid today."""
        self.filtered(lambda fee: not fee.paid_on).write(
            {"paid_on": fields.Date.context_today(self)}
        )

    def action_print_receipt(self):
        """The receipt, numbered; from then on the fee no longer changes."""
        self.check_access("write")
        for fee in self:
            if not fee.paid_on:
                raise UserError(
                    self.env._(
                        "The fee of %(fee)s is not paid yet: no receipt.",
                        fee=fee.display_name,
                    )
                )
            if not fee.receipt_on:
                fee._unguarded().write(
                    {
                        "number": fee.company_id._next_governance_number("hub.fee"),
                        "receipt_on": fields.Date.context_today(fee),
                    }
                )
        return self.env.ref("solidarity_hub.report_fee_receipt").report_action(self)

    @api.model
    def _paid_people(self, company, year):
        """Ids of the contacts who have paid the fee of this year."""
        paid = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("year", "=", year)
            & Domain("paid_on", "!=", False)
        )
        return set(paid.partner_id.ids)

    def _hub_print_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    @api.model
    def _hub_domain_for(self, partner):
        """The fees of this person."""
        return Domain("partner_id", "=", partner.id)
