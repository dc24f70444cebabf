from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...reports.print_words import long_date
from ..common.hub_asking_mixin import CALL

ROLES = [
    ("lender", "The hub, which lends"),
    ("borrower", "The borrower"),
    ("co_borrower", "Borrows with the borrower"),
]
REQUEST = "solidarity_hub.mail_template_loan_agreement"
LONGEST_NAME = 200


class HubLoanSignature(models.Model):
    """One party's signature under a loan agreement: by link, on paper, at the table."""

    _name = "hub.loan.signature"
    _description = "Signature of a loan agreement"
    _inherit = ["hub.answer.mixin", "hub.personal.link.mixin", "hub.asking.mixin"]
    _order = "agreement_id, sequence, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "agreement_id",
            "partner_id",
            "role",
            "answer",
            "answered_on",
            "answer_channel",
            "recorded_by_id",
            "signed_name",
            "asked_on",
            "activity_id",
            "access_token",
        }
    )
    _guarded_given = frozenset({"access_token"})

    agreement_id = fields.Many2one(
        "hub.loan.agreement",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    loan_id = fields.Many2one(related="agreement_id.loan_id")
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Who signs",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    role = fields.Selection(ROLES, string="As", required=True, readonly=True)
    signed_name = fields.Char(string="Signed as", copy=False, readonly=True)
    asked_on = fields.Date(string="Asked on", copy=False, readonly=True)
    activity_id = fields.Many2one(
        "mail.activity",
        string="Call to make",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_finance",
    )
    access_token = fields.Char(groups="solidarity_hub.group_hub_finance")
    sign_url = fields.Char(
        string="Link to sign",
        compute="_compute_sign_url",
        groups="solidarity_hub.group_hub_finance",
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("access_token")
    def _compute_sign_url(self):
        for one in self:
            signs = one.id and one.role != "lender"
            one.sign_url = one._link() if signs else False

    @api.model
    def _hub_domain_for(self, partner):
        """The signatures of this person."""
        return Domain("partner_id", "=", partner.id)

    def _portal_path(self):
        return f"/my/hub/loan/signature/{self.id}"

    def _token_opens(self, token):
        """Whether this is the key of this signature; that of the hub opens nothing."""
        return self.sudo().role != "lender" and super()._token_opens(token)

    def _portal_is_open(self):
        """Whether this person is still awaited."""
        self.ensure_one()
        one = self.sudo()
        return (
            one.answer != "yes"
            and one.agreement_id.state == "to_sign"
            and one.agreement_id.loan_id.state == "approved"
        )

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def _sign(self, channel, signed_on=None, signed_name=None):
        """Note that these people have signed; the first signature closes the text."""
        for agreement in self.agreement_id:
            agreement._check_open()
            agreement._close_text()
        self.filtered(lambda one: one.answer == "no")._reset_answer()
        self._record_answer("yes", channel, answered_on=signed_on)
        if signed_name:
            self._unguarded().signed_name = signed_name[:LONGEST_NAME]
        self.sudo().activity_id.unlink()
        self.agreement_id._follow_signatures()

    def _refuse(self, channel, reason=None):
        """Somebody does not sign: the team talks with them."""
        self._record_answer("no", channel, reason=reason)
        for one in self.sudo():
            one.loan_id.message_post(
                body=one.env._(
                    "%(name)s does not sign the agreement. %(reason)s",
                    name=one.partner_id.name or "",
                    reason=reason or "",
                )
            )

    def _start_again(self):
        """The text was taken back: everybody signs anew, by a new link."""
        self.activity_id.unlink()
        self._reset_answer()
        self._unguarded().write({"signed_name": False, "asked_on": False})
        self._renew_key()

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    def _ask(self):
        """An e-mail with the link; where there is no address, a call to make."""
        self._unguarded().asked_on = self._today()
        asked = self.sudo()
        by_mail = asked.filtered("partner_id.email")
        if by_mail and not self._safely(by_mail._queue_mails):
            by_mail = by_mail.browse()
        if by_mail:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        (asked - by_mail)._ask_team_to_call()

    def _queue_mails(self):
        """On no record: whoever reads the loan would read the person's link."""
        self.env.ref(REQUEST).sudo().send_mail_batch(
            self.ids,
            email_values={"author_id": False, "model": False, "res_id": False},
        )
        return True

    def _ask_team_to_call(self):
        self.activity_id.unlink()
        for one in self:
            user = self._first_of_team(one.loan_id.user_id, one.company_id)
            env = one.with_context(lang=user.lang).env
            person = one.partner_id
            vals = self._prepare_activity_vals(
                one.loan_id,
                CALL,
                user,
                self._call_summary(env, person.display_name, person.phone),
                [env._("The loan agreement is to be signed.")],
            )
            one._unguarded().activity_id = self._create_activities([vals])

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _frozen_values(self):
        """The party as it stands in the text."""
        person = self.partner_id.sudo()
        place = " ".join(filter(None, [person.zip, person.city]))
        address = ", ".join(filter(None, [person.street, person.street2, place]))
        lender = self.role == "lender"
        return {
            "role": self.role,
            "name": person.name or "",
            "address": address,
            "represented_by": self.agreement_id.representative or "" if lender else "",
        }

    def _role_label(self):
        return dict(self._fields["role"]._description_selection(self.env))[self.role]

    def _print_signed(self):
        """When and how, in the box under the text."""
        self.ensure_one()
        labels = dict(self._fields["answer_channel"]._description_selection(self.env))
        return self.env._(
            "Signed on %(date)s (%(how)s)",
            date=long_date(self.env, fields.Date.context_today(self, self.answered_on)),
            how=labels.get(self.answer_channel, "").lower(),
        )

    def _answer_words(self):
        day = fields.Date.context_today(self, self.answered_on)
        return f"{self.partner_id.name or ''} ({format_date(self.env, day)})"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        for one in self.filtered(lambda sign: sign.answer != "waiting"):
            raise UserError(
                self.env._(
                    "%(name)s has answered: the signature stays on record.",
                    name=one.partner_id.display_name,
                )
            )
