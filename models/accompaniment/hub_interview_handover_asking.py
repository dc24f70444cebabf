from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

QUESTION = "solidarity_hub.mail_template_handover"


class HubInterviewHandover(models.Model):
    """Asking the holder, who answers on the own page or by the link of the e-mail."""

    _inherit = "hub.interview.handover"

    @api.model
    def _ask(self, lead, successor, asked_by):
        """Ask the holder whether this person may read the earlier notes."""
        self._check_may_be_asked(lead, successor)
        handover = (
            self.sudo()
            ._unguarded()
            .create(
                {
                    "lead_id": lead.id,
                    "partner_id": successor.id,
                    "answer": "waiting",
                    "asked_by_id": asked_by.id,
                }
            )
        )
        handover._mail_question()
        return handover

    @api.model
    def _check_may_be_asked(self, lead, successor):
        if successor not in self._successors(lead):
            raise UserError(
                self.env._(
                    "%(person)s is not in the pair of “%(project)s” today, was there"
                    " from the beginning, or was handed its notes already: there is"
                    " nothing to ask.",
                    person=successor.name or "",
                    project=lead.name,
                )
            )
        if self._latest_answers(lead).get(successor) == "waiting":
            raise UserError(
                self.env._(
                    "The holder was asked about %(person)s already, and has not"
                    " answered yet.",
                    person=successor.name,
                )
            )

    @api.model
    def _successors(self, lead):
        """People of today's pair who joined once interviews had taken place.

        Found from the facts alone: who asks learns nothing about notes.
        """
        lead = lead.sudo()
        first = (
            self.env["hub.interview"]
            .sudo()
            .search(
                [("lead_id", "=", lead.id), ("state", "=", "done")],
                order="date_start, id",
                limit=1,
            )
        )
        if not first:
            return self.env["res.partner"]
        day = first._local_start().date()
        joined = lead.hub_pairing_ids.filtered(
            lambda p: p.role == "pair" and p.state == "active" and p.date_start > day
        )
        answers = self._latest_answers(lead)
        people = joined.volunteer_id - lead.hub_holder_ids.partner_id
        return people.filtered(lambda person: answers.get(person) != "yes").sudo(False)

    @api.model
    def _latest_answers(self, lead):
        """What the holder said about whom, ``{person: answer}``."""
        asked = self.sudo().search([("lead_id", "=", lead.id)], order="id")
        return {handover.partner_id.sudo(False): handover.answer for handover in asked}

    # ------------------------------------------------------------
    # The holder
    # ------------------------------------------------------------

    @api.model
    def _hub_domain_for(self, partner):
        """Questions that this person answers, as holder of the project."""
        return Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)

    def _holder(self):
        """Whom the e-mail goes to: the contact person, or a holder with an address."""
        holders = self.sudo().lead_id.hub_holder_ids.sorted("is_contact", reverse=True)
        people = holders.partner_id
        return people.filtered("email")[:1] or people[:1]

    def _portal_path(self):
        self.ensure_one()
        return f"/my/hub/handover/{self.id}"

    def _card(self):
        """What the holder is asked, as plain values."""
        self.ensure_one()
        handover = self.sudo()
        person = handover.partner_id.name or ""
        return {
            "path": self._portal_path(),
            "answer": handover.answer,
            "situation": self.env._(
                "%(person)s accompanies you now. Before, the people who accompanied you"
                " wrote down what you talked about.",
                person=person,
            ),
            "question": self.env._(
                "May %(person)s read what was written before?", person=person
            ),
        }

    def _answer_as_holder(self, answer):
        """The holder's own answer, from the page."""
        handover = self.sudo()
        handover._record_answer(answer, "portal")
        if answer == "yes":
            handover._hand_on()

    def _mail_question(self):
        if self._holder().email:
            template = self.env.ref(QUESTION).sudo()
            # On no record: nobody but the holder reads the link.
            template.send_mail_batch(
                self.ids,
                email_values={"author_id": False, "model": False, "res_id": False},
            )
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
