from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .hub_interview import FARTHEST
from .hub_interview_presence import ACCOMPANYING

# What somebody who said yes has said yes to.
AGREED = ("state", "date_start", "place", "mode")


class HubInterview(models.Model):
    """A planned interview is an appointment: the holder confirms it or asks to move it.

    Once it is moved nobody has agreed to it any more: holders are asked again.
    """

    _inherit = "hub.interview"

    appointment_answer = fields.Selection(
        [("waiting", "No answer yet"), ("yes", "Confirmed"), ("no", "To be moved")],
        string="Holder's answer",
        compute="_compute_appointment",
        search="_search_appointment_answer",
    )
    wish_words = fields.Char(string="What is asked", compute="_compute_appointment")

    @api.depends(
        "state",
        "presence_ids.quality",
        "presence_ids.answer",
        "presence_ids.wished_start",
        "presence_ids.answer_reason",
    )
    @api.depends_context("lang")
    def _compute_appointment(self):
        for interview in self:
            lines = interview.presence_ids.filtered(lambda p: p.quality == "holder")
            lines = lines if interview.state == "planned" else lines[:0]
            answers = set(lines.mapped("answer"))
            interview.appointment_answer = next(
                (answer for answer in ("no", "waiting", "yes") if answer in answers),
                False,
            )
            asking = lines.filtered(lambda p: p.answer == "no")
            words = [
                interview._moment_words(line.wished_start)
                if name == "wished_start"
                else line[name]
                for line in asking
                for name in ("wished_start", "answer_reason")
                if line[name]
            ]
            interview.wish_words = "; ".join(words)

    def _search_appointment_answer(self, operator, value):
        if operator != "in":
            return NotImplemented

        def some(answer):
            line = Domain("quality", "=", "holder") & Domain("answer", "=", answer)
            return planned & Domain("presence_ids", "any", line)

        planned = Domain("state", "=", "planned")
        domains = {
            "no": some("no"),
            "waiting": some("waiting") & ~some("no"),
            "yes": some("yes") & ~some("no") & ~some("waiting"),
        }
        none = ~(some("no") | some("waiting") | some("yes"))
        return Domain.OR(domains.get(answer, none) for answer in value)

    def write(self, vals):
        before = {}
        if set(AGREED) & set(vals):
            before = {interview: interview._agreed() for interview in self}
        result = super().write(vals)
        for interview, agreed in before.items():
            if interview._agreed() != agreed:
                interview._appointment_changed(agreed)
        return result

    def unlink(self):
        """Whoever was told of an appointment hears that it is no longer there."""
        planned = self.filtered(lambda interview: interview.state == "planned")
        lines = planned.sudo().presence_ids
        lines.filtered(lambda line: line.quality == "holder")._tell_cancelled()
        return super().unlink()

    def _agreed(self):
        return tuple(self[name] for name in AGREED)

    def _appointment_changed(self, before):
        """Whoever was told of it is told what has changed, and asked again."""
        self.ensure_one()
        lines = self.sudo().presence_ids.filtered(lambda p: p.quality == "holder")
        if self.state == "planned":
            lines._reset_answer()
            lines._tell()
        elif self.state == "cancelled" and before[0] == "planned":
            lines._tell_cancelled()

    @api.model
    def _check_may_be_planned(self, moment):
        """Somebody may ask for this moment."""
        now = fields.Datetime.now()
        if not now < moment < now + timedelta(days=FARTHEST):
            raise UserError(
                self.env._(
                    "Choose a moment for the appointment that is still to come, within"
                    " two years."
                )
            )

    @api.model
    def _domain_to_come(self):
        return Domain("state", "=", "planned") & Domain(
            "date_start", ">=", fields.Datetime.now()
        )

    def _tell_move_is_asked(self):
        """Those who planned to be there, and the adviser: something is to be moved.

        Neither who asks nor why: that stands on their pages.
        """
        self.ensure_one()
        interview = self.sudo()
        people = interview.presence_ids.filtered(
            lambda line: line.quality in ACCOMPANYING
        ).partner_id
        people |= interview.lead_id.user_id.partner_id
        for lang, group in people.grouped("lang").items():
            local = interview.with_context(lang=lang or self.env.lang)
            body = local.env._(
                "The appointment of %(moment)s is to be moved. What is asked stands on"
                " your page: %(url)s",
                moment=local._moment_words(),
                url=f"{self.get_base_url()}/my/hub",
            )
            self.env["mail.thread"].sudo().with_context(
                mail_notify_force_send=False
            ).message_notify(
                partner_ids=group.ids,
                author_id=interview.company_id.partner_id.id,
                subject=local.env._("An appointment is to be moved"),
                body=body,
            )
