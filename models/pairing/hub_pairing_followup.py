from odoo import models

from ..common.hub_asking_mixin import TODO


class HubPairing(models.Model):
    """What follows from an answer: the holder is asked, a place opens, all know."""

    _inherit = "hub.pairing"

    def _record_side(self, side, answer, channel, reason=None, answered_on=None):
        result = super()._record_side(side, answer, channel, reason, answered_on)
        self.sudo()._after_answer(side, answer)
        return result

    def _after_answer(self, side, answer):
        if answer == "no":
            for pairing in self.filtered(lambda p: p._project_is_open()):
                pairing._reopen_place(side)
        for lead, rows in (
            self.filtered(lambda p: p.state == "active").grouped("lead_id").items()
        ):
            self._safely(rows._tell_both_agreed, lead)
        if side == "volunteer":
            # Also after a no: the other one may have waited for it.
            self._ask_holders_if_ready()

    def _tell_both_agreed(self, lead):
        """The adviser in charge reads on the project that it starts."""
        user = self[:1]._in_charge()
        body = self.with_context(lang=user.lang).env._(
            "%(people)s: both sides have agreed, the accompaniment starts. They find"
            " each other's names and telephones on their pages.",
            people=", ".join(self.volunteer_id.mapped("name")),
        )
        team = user.partner_id if user != self.env.user else user.partner_id.browse()
        lead.with_context(mail_notify_force_send=False).message_post(
            body=body,
            author_id=lead.company_id.partner_id.id,
            partner_ids=team.ids,
            subtype_xmlid="mail.mt_note",
        )

    # ------------------------------------------------------------
    # A place is free again
    # ------------------------------------------------------------

    def _reopen_place(self, side):
        """Somebody said no: the other one stays, and somebody chooses who is next."""
        self.search(self._domain_declined(self.lead_id))._drop_decline_activities()
        if self.role != "pair":
            return
        user = self._in_charge()
        pairing = self.with_context(lang=user.lang)
        person = self.volunteer_id.name
        summary = (
            pairing.env._("%(name)s said no: ask somebody else", name=person)
            if side == "volunteer"
            else pairing.env._("Not %(name)s: ask somebody else", name=person)
        )
        lines = [
            pairing._answer_sentence(side),
            pairing._stay_sentence(),
            pairing._to_tell_sentence(side),
            self._safely(pairing._next_sentence),
            pairing.env._(
                "The reason, if there is one, and buttons to ask are at the top of the"
                " project."
            ),
        ]
        vals = pairing._prepare_activity_vals(self.lead_id, TODO, user, summary, lines)
        activity = self._create_activities([vals])
        self._unguarded().write({f"{side}_activity_id": activity.id})

    def _answer_sentence(self, side):
        title = self.lead_id.name
        person = self.volunteer_id.name
        if side == "volunteer":
            return self.env._(
                "%(name)s does not accompany “%(project)s”.", name=person, project=title
            )
        return self.env._(
            "The holder of “%(project)s” would rather have somebody other than"
            " %(name)s.",
            name=person,
            project=title,
        )

    def _stay_sentence(self):
        there = self.search(self._domain_places(self.lead_id)).volunteer_id
        names = ", ".join(there.mapped("name"))
        return names and self.env._("Stays: %(names)s.", names=names)

    def _to_tell_sentence(self, side):
        """Whoever had said yes, or knew of a yes, hears of it from a person."""
        if side == "holder":
            return self.env._(
                "%(name)s had said yes: tell him or her.", name=self.volunteer_id.name
            )
        if self.holder_asked_on and self.holder_contact_id:
            return self.env._(
                "%(name)s was asked about this person: tell him or her.",
                name=self.holder_contact_id.name,
            )
        return None

    def _next_sentence(self):
        return self.lead_id.hub_next_words
