from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

LONGEST_NAME = 200
GUARDED = {
    "charter_id",
    "partner_id",
    "answer",
    "answered_on",
    "answer_channel",
    "recorded_by_id",
    "signed_name",
    "drawing",
    "former_answers",
    "asked_on",
    "asked_by_id",
    "reminders",
    "reminded_on",
    "to_call",
    "activity_id",
    "access_token",
}


class HubCharterSignature(models.Model):
    """Somebody's answer to one version of the charter.

    It refers to the very text of that version: a new version is answered anew.
    """

    _name = "hub.charter.signature"
    _description = "Signature of the charter"
    _inherit = [
        "hub.answer.mixin",
        "hub.personal.link.mixin",
        "hub.reminder.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(GUARDED)
    _guarded_given = frozenset({"charter_id", "partner_id"})
    # What was drawn stays as it was drawn, see ``ir.attachment``.
    _kept_files = frozenset({"drawing"})
    _order = "id desc"
    _check_company_auto = True

    charter_id = fields.Many2one(
        "hub.charter", required=True, index=True, ondelete="cascade", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="charter_id.company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    signed_name = fields.Char(
        string="Signed as",
        copy=False,
        readonly=True,
        help="The name that the person typed; for an organisation, who signed for it.",
    )
    drawing = fields.Image(
        string="Signature", max_width=600, max_height=300, copy=False, readonly=True
    )
    former_answers = fields.Text(
        string="Answers before",
        copy=False,
        readonly=True,
        groups="solidarity_hub.group_hub_adviser",
        help="What the person answered before being asked again.",
    )

    @api.depends("partner_id.display_name", "charter_id.display_name")
    def _compute_display_name(self):
        for signature in self:
            signature.display_name = (
                f"{signature.partner_id.display_name or ''}:"
                f" {signature.charter_id.display_name or ''}"
            )

    @api.constrains("charter_id", "partner_id")
    def _check_once(self):
        signatures = self.sudo().search(
            Domain("charter_id", "in", self.charter_id.ids)
            & Domain("partner_id", "in", self.partner_id.ids)
        )
        same = signatures.grouped(lambda s: (s.charter_id, s.partner_id))
        for signature in self:
            if len(same[signature.charter_id, signature.partner_id]) > 1:
                raise ValidationError(
                    self.env._(
                        "%(person)s was already asked to sign %(charter)s.",
                        person=signature.partner_id.display_name,
                        charter=signature.charter_id.display_name,
                    )
                )

    @api.constrains("charter_id")
    def _check_published(self):
        for charter in self.charter_id.filtered(lambda c: not c.published_on):
            raise ValidationError(
                self.env._(
                    "%(charter)s is still a draft: publish it before people sign it.",
                    charter=charter.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        for signature in self.filtered(lambda s: s.answer != "waiting"):
            raise UserError(
                self.env._(
                    "%(signature)s was answered on %(date)s: an answer stays on record."
                    " Ask again if it is to change.",
                    signature=signature.display_name,
                    date=format_date(self.env, signature.answered_on),
                )
            )

    @api.model
    def _hub_domain_for(self, partner):
        """The signatures of this person."""
        return Domain("partner_id", "=", partner.id)

    # ------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------

    @api.model
    def _sign(self, charter, partners, channel, signed_on=None):
        """These people have signed this version; who signed before is left alone.

        Whoever had refused has changed his or her mind: the refusal stays on record.

        :return: the signatures that are new
        """
        signatures = self._for_people(charter, partners)
        signed = signatures.filtered(lambda s: s.answer == "yes").partner_id
        new = signatures.filtered(lambda s: s.partner_id not in signed)
        new._first_of_each()._answer("yes", channel, answered_on=signed_on)
        return new._first_of_each()

    @api.model
    def _for_people(self, charter, partners):
        """The signatures of these people for a version, made where they are missing."""
        existing = self.search(
            Domain("charter_id", "=", charter.id)
            & Domain("partner_id", "in", partners.ids)
        )
        missing = self.with_context(mail_create_nolog=True).create(
            [
                {"charter_id": charter.id, "partner_id": partner.id}
                for partner in partners - existing.partner_id
            ]
        )
        return existing + missing.with_env(self.env)

    def _first_of_each(self):
        """One signature per person and version: a merge of contacts leaves two."""
        rows = self.grouped(lambda s: (s.charter_id, s.partner_id)).values()
        return self.browse([row[:1].id for row in rows])

    def _answer(self, answer, channel, **details):
        """Note an answer down, after a former no as well.

        :param details: ``reason``, ``answered_on``; of a yes ``signed_name`` and
            ``drawing``
        """
        name, drawing = details.pop("signed_name", None), details.pop("drawing", None)
        self.filtered(lambda s: s.answer == "no")._reset_answer()
        self._record_answer(answer, channel, **details)
        if answer == "yes" and (name or drawing):
            self._unguarded().write(
                {"signed_name": (name or "")[:LONGEST_NAME], "drawing": drawing}
            )
        # Also a call about the other signature that a merge of contacts has left.
        self.sudo().partner_id.hub_signature_ids._drop_calls()

    def action_cancel_answer(self):
        """An answer was noted for the wrong person: wait again, keep what was noted."""
        if not self.env.user.has_group("solidarity_hub.group_hub_coordinator"):
            raise AccessError(
                self.env._("Only the coordination takes back an answer to the charter.")
            )
        self.check_access("write")
        self._reset_answer()

    def _reset_answer(self):
        for signature in self.filtered(lambda s: s.answer != "waiting"):
            former = signature.sudo().former_answers
            lines = [former, signature._answer_sentence()]
            signature._unguarded().write(
                {
                    "former_answers": "\n".join(filter(None, lines)),
                    "signed_name": False,
                    "drawing": False,
                }
            )
        return super()._reset_answer()

    def _answer_sentence(self):
        """“No, 3 March 2026, by telephone: reason”."""
        self.ensure_one()
        answers = dict(self._fields["answer"]._description_selection(self.env))
        channels = dict(self._fields["answer_channel"]._description_selection(self.env))
        sentence = self.env._(
            "%(answer)s, %(date)s (%(channel)s)",
            answer=answers[self.answer],
            date=format_date(self.env, self.answered_on),
            channel=channels.get(self.answer_channel, "").lower(),
        )
        return f"{sentence}: {self.answer_reason}" if self.answer_reason else sentence
