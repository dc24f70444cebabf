from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

ASKED_STATE = {"volunteer": "sent", "holder": "accepted"}
PROPOSAL = "solidarity_hub.mail_template_pairing_proposal"
PROPOSAL_REMINDER = "solidarity_hub.mail_template_pairing_proposal_reminder"
HOLDER = "solidarity_hub.mail_template_pairing_holder"
HOLDER_REMINDER = "solidarity_hub.mail_template_pairing_holder_reminder"


class HubPairing(models.Model):
    """Asking both sides: by e-mail where there is one, else the team calls."""

    _inherit = "hub.pairing"

    volunteer_asked_on = fields.Date(copy=False, readonly=True)
    volunteer_reminders = fields.Integer(
        string="Reminders to the volunteer",
        copy=False,
        readonly=True,
        aggregator=None,
    )
    volunteer_reminded_on = fields.Date(copy=False, readonly=True)
    volunteer_to_call = fields.Boolean(
        string="Volunteer to be called", copy=False, readonly=True
    )
    volunteer_activity_id = fields.Many2one(
        "mail.activity",
        string="What the team does about the volunteer",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    holder_asked_on = fields.Date(
        copy=False, readonly=True, groups="solidarity_hub.group_hub_adviser"
    )
    holder_reminders = fields.Integer(
        string="Reminders to the holder",
        copy=False,
        readonly=True,
        aggregator=None,
        groups="solidarity_hub.group_hub_adviser",
    )
    holder_reminded_on = fields.Date(
        copy=False, readonly=True, groups="solidarity_hub.group_hub_adviser"
    )
    holder_to_call = fields.Boolean(
        string="Holder to be called",
        copy=False,
        readonly=True,
        groups="solidarity_hub.group_hub_adviser",
    )
    holder_activity_id = fields.Many2one(
        "mail.activity",
        string="What the team does about the holder",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    holder_contact_id = fields.Many2one(
        "res.partner",
        string="Holder to ask",
        compute="_compute_holder_contact_id",
        compute_sudo=True,
        groups="solidarity_hub.group_hub_adviser",
        help="The contact person, or a holder who has an e-mail address.",
    )

    @api.depends(
        "lead_id.partner_id",
        "lead_id.hub_holder_ids.partner_id.email",
        "lead_id.hub_holder_ids.is_contact",
    )
    def _compute_holder_contact_id(self):
        # All at once: what follows picks them one by one.
        leads = self.lead_id
        (leads.hub_holder_ids.partner_id | leads.partner_id).mapped("lang")
        for pairing in self:
            holders = pairing.lead_id.hub_holder_ids
            people = (
                holders.filtered("is_contact").partner_id
                | holders.partner_id
                | pairing.lead_id.partner_id
            ).filtered("active")
            pairing.holder_contact_id = people.filtered("email")[:1] or people[:1]

    def action_send(self):
        """Propose to the volunteers: by e-mail where there is one, else by telephone.

        Whoever was asked before is not asked twice.
        """
        self.check_access("write")
        new = self.filtered(lambda p: p.state != "sent")
        new._check_project_open()
        new._check_transition("sent")
        new._unguarded().write(
            dict(self._asked_anew(), state="sent", volunteer_asked_on=self._today())
        )
        new.sudo()._mail_or_call("volunteer", PROPOSAL)

    def action_ask_again(self):
        result = super().action_ask_again()
        self._unguarded().write(self._asked_anew())
        return result

    @api.model
    def _asked_anew(self):
        return {
            f"{side}_{name}": False
            for side in ASKED_STATE
            for name in ("asked_on", "reminders", "reminded_on", "to_call")
        }

    def _check_project_open(self):
        for pairing in self:
            if not pairing._project_is_open():
                raise UserError(
                    self.env._(
                        "%(pairing)s: the path of the project has ended, or it is"
                        " archived. Take it up again first; nobody is asked meanwhile.",
                        pairing=pairing.display_name,
                    )
                )

    def _project_is_open(self):
        lead = self.sudo().lead_id
        return lead.active and lead.hub_phase != "closed"

    # ------------------------------------------------------------
    # The holder
    # ------------------------------------------------------------

    def _ask_holders_if_ready(self):
        """Ask the holders whose volunteers have all answered: one e-mail, not two.

        Where another answer is still awaited, the daily job asks the next day.
        """
        awaited = self.search(
            Domain("lead_id", "in", self.lead_id.ids) & Domain("state", "=", "sent")
        )
        ready = self.search(
            Domain("lead_id", "in", (self.lead_id - awaited.lead_id).ids)
            & self._domain_holder_not_asked()
        )
        ready._ask_holders()

    @api.model
    def _domain_holder_not_asked(self):
        return (
            Domain("state", "=", "accepted")
            & Domain("holder_answer", "=", "waiting")
            & Domain("holder_asked_on", "=", False)
        )

    def _ask_holders(self):
        self._unguarded().write({"holder_asked_on": self._today()})
        self._mail_or_call("holder", HOLDER)

    def _holder_choices(self):
        """The people about whom the holder is asked, each with the link to answer."""
        self.ensure_one()
        return [
            {
                "name": pairing.volunteer_id.name or "",
                "occupation": pairing.volunteer_id.hub_occupation or "",
                "url": pairing.holder_url,
            }
            for pairing in self.sudo().lead_id.hub_pairing_ids
            if pairing._is_awaited("holder")
        ]

    # ------------------------------------------------------------
    # By e-mail, or else by telephone
    # ------------------------------------------------------------

    def _asked_person(self, side):
        return self.volunteer_id if side == "volunteer" else self.holder_contact_id

    def _mail_or_call(self, side, xml_id):
        """Write to those who have an address; the team calls the others."""
        by_mail = self.filtered(lambda p: p._asked_person(side).email)
        unsent = self._mail_sending(side, by_mail, xml_id)
        (self - by_mail)._ask_team_to_call(side, "no_email")
        unsent._ask_team_to_call(side, "not_sent")

    @api.model
    def _mail_sending(self, side, pairings, xml_id):
        """Put the e-mails into the queue; those that could not be written."""
        if side == "holder":
            rows = pairings.grouped("lead_id").values()
            firsts = pairings.browse([row[:1].id for row in rows])
        else:
            firsts = pairings
        failed = firsts.browse()
        if firsts and not self._safely(firsts._queue_mails, xml_id):
            failed = firsts.filtered(lambda p: not self._safely(p._queue_mails, xml_id))
        if firsts - failed:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        if side == "holder":
            return pairings.filtered(lambda p: p.lead_id in failed.lead_id)
        return failed

    def _queue_mails(self, xml_id):
        """Same transaction as what is noted about it: both happen, or neither."""
        values = {"author_id": False}
        if xml_id in (HOLDER, HOLDER_REMINDER):
            # On no record: whoever reads the pair would read the holder's link.
            values |= {"model": False, "res_id": False}
        template = self.env.ref(xml_id).sudo()
        template.send_mail_batch(self.ids, email_values=values)
        return True
