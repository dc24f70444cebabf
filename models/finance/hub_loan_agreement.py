from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STATES = [
    ("draft", "To prepare"),
    ("to_sign", "To sign"),
    ("signed", "Signed"),
    ("void", "No longer valid"),
]


class HubLoanAgreement(models.Model):
    """The text that the parties of a loan sign, closed from the first signature on.

    Hub, borrower and co-borrowers each sign once, by a personal link, on paper or at
    the table; when all have, the loan is signed.
    """

    _name = "hub.loan.agreement"
    _description = "Loan agreement"
    _inherit = ["hub.frozen.mixin", "hub.guard.mixin", "hub.asking.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _guarded_fields = frozenset({"loan_id", "state"})
    _guarded_given = frozenset({"loan_id"})

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", copy=False, index=True
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="The language in which the agreement is printed and signed.",
    )
    representative = fields.Char(
        string="Signs for the hub",
        default=lambda self: not self.env.user._is_superuser() and self.env.user.name,
        help="Whoever may bind the hub: name and office.",
    )
    clauses = fields.Html(
        string="Conditions",
        help="The usual text comes with the agreement; change it where the loan needs"
        " it, until somebody has signed.",
    )
    signature_ids = fields.One2many(
        "hub.loan.signature", "agreement_id", string="Signatures"
    )
    _one_valid = models.UniqueIndex(
        "(loan_id) WHERE state != 'void'", "A loan has one agreement that is valid."
    )

    @api.depends("loan_id.name", "loan_id.partner_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = self.env._(
                "Agreement of loan %(loan)s", loan=agreement.loan_id.display_name or ""
            )

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        for agreement in agreements:
            if not agreement.clauses:
                agreement.clauses = agreement._usual_clauses()
            agreement._make_signatures()
        return agreements

    @api.model
    def _hub_domain_for(self, partner):
        """The agreements of the loans that a person has, alone or with others."""
        return Domain("loan_id", "any", self.env["hub.loan"]._hub_domain_for(partner))

    def _make_signatures(self):
        """Who signs: the hub, the borrower, whoever borrows with him."""
        self.ensure_one()
        loan = self.loan_id
        people = [
            ("lender", loan.company_id.partner_id),
            ("borrower", loan.partner_id),
            *(("co_borrower", partner) for partner in loan.co_borrower_ids),
        ]
        self.env["hub.loan.signature"].sudo().create(
            [
                {
                    "agreement_id": self.id,
                    "role": role,
                    "partner_id": partner.id,
                    "sequence": number,
                }
                for number, (role, partner) in enumerate(people)
            ]
        )

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def action_ask(self):
        """Close the text and ask the borrowers to sign: e-mail, or a call to make."""
        for agreement in self:
            agreement.check_access("write")
            agreement._check_open()
            agreement._close_text()
        waiting = self.signature_ids.filtered(
            lambda one: one.answer == "waiting" and one.role != "lender"
        )
        waiting._ask()
        called = waiting.filtered(lambda one: not one.partner_id.email)
        return self._notify_reminded(
            len(waiting - called), called.partner_id.mapped("display_name")
        )

    def action_print(self):
        """The text as it is to be signed, with the signatures given so far."""
        return self.env.ref("solidarity_hub.report_loan_agreement").report_action(self)

    def action_take_back(self):
        """Open the text again before it is in force: signatures given are void."""
        for agreement in self:
            agreement.check_access("write")
            if agreement.state != "to_sign":
                raise UserError(
                    self.env._(
                        "%(agreement)s: only a text that is still being signed is taken"
                        " back. A signed loan is rescheduled instead.",
                        agreement=agreement.display_name,
                    )
                )
            agreement._say_void()
            agreement._thaw()
            agreement.signature_ids.sudo()._start_again()
            agreement._unguarded().state = "draft"

    def _check_open(self):
        loan = self.loan_id
        if self.state not in ("draft", "to_sign") or loan.state != "approved":
            raise UserError(
                self.env._(
                    "%(agreement)s is not to be signed now: the loan is “%(state)s”."
                    " Only a loan that the committee agreed to is signed.",
                    agreement=self.display_name,
                    state=loan._state_label(),
                )
            )

    def _close_text(self):
        """From here on the text stands; the file is kept as it is signed."""
        self.ensure_one()
        if self.frozen_on:
            return
        self.loan_id._check_agreement_valid()
        # Somebody signs on the personal page without any right on the loan.
        agreement = self.sudo()
        agreement.loan_id._prepare_tranches()
        agreement.loan_id._plan()
        agreement._freeze()
        agreement._unguarded().state = "to_sign"
        agreement._keep_frozen_pdf("solidarity_hub.report_loan_agreement")

    def _follow_signatures(self):
        """All have signed: the loan is signed. Where that cannot be yet, say why."""
        for agreement in self.filtered(lambda one: one.state == "to_sign"):
            loan = agreement.loan_id
            if agreement._missing() or loan.state != "approved":
                continue
            try:
                with self.env.cr.savepoint():
                    loan.sudo().action_sign()
            except UserError as error:
                agreement.env.invalidate_all()
                loan.sudo().message_post(
                    body=self.env._(
                        "All have signed, but the loan waits: %(reason)s",
                        reason=str(error),
                    )
                )

    def _missing(self):
        return self.signature_ids.filtered(lambda one: one.answer != "yes")

    def _void(self):
        """The loan goes another way: nobody signs this text any more."""
        for agreement in self:
            agreement._say_void()
            agreement.signature_ids.activity_id.unlink()
            agreement._unguarded().state = "void"
        # The next agreement of the loan may follow at once.
        self.flush_recordset(["state"])

    def _say_void(self):
        given = self.signature_ids.filtered(lambda one: one.answer == "yes")
        if given:
            self.loan_id.sudo().message_post(
                body=self.env._(
                    "The text of the agreement was taken back (SHA-256 %(hash)s)."
                    " Signatures no longer valid: %(names)s.",
                    hash=self.frozen_hash or "",
                    names=", ".join(one._answer_words() for one in given),
                )
            )
