from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HubAskedPersonMixin(models.AbstractModel):
    """Somebody who is asked. Whether they answered is known, what they said is not.

    A model names what they are asked for in ``_frozen_parent``, the page on which they
    answer in ``_asked_path`` and the e-mail in ``_asked_template``.
    """

    _name = "hub.asked.person.mixin"
    _description = "Person asked"
    _inherit = [
        "hub.frozen.line.mixin",
        "hub.personal.link.mixin",
        "hub.guard.mixin",
        "hub.asking.mixin",
    ]
    _asked_path = None
    _asked_template = None
    _guarded_fields = frozenset({"has_answered", "asked_on", "access_token"})
    _guarded_given = frozenset({"access_token"})

    partner_id = fields.Many2one(
        "res.partner",
        string="Name",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    college_id = fields.Many2one(
        "hub.college",
        compute="_compute_college_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    asked_on = fields.Date(copy=False, readonly=True)
    has_answered = fields.Boolean(copy=False, readonly=True)
    url = fields.Char(
        string="Personal link",
        compute="_compute_url",
        compute_sudo=False,
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_college_id(self):
        """The first college to which the person belongs today."""
        today = self._today()
        roles = (
            self.env["hub.role"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        held = roles.filtered(lambda role: role._holds_on(today)).grouped(
            lambda role: (role.partner_id, role.company_id)
        )
        colleges = self.env["hub.college"].search(
            [("company_id", "in", self.company_id.ids), ("role_kind", "!=", False)]
        )
        for person in self:
            key = person.partner_id, person.company_id
            kinds = set(held.get(key, roles.browse()).mapped("kind"))
            person.college_id = colleges.filtered(
                lambda c, kinds=kinds, hub=person.company_id: (
                    c.company_id == hub and c.role_kind in kinds
                )
            )[:1]

    def _compute_url(self):
        mine = self._filtered_access("write")
        for person in self:
            person.url = person in mine and person._origin.sudo()._link()

    def _asked_for(self):
        return self[self._frozen_parent]

    def _portal_path(self):
        return f"/my/hub/{self._asked_path}/{self.id}"

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    def action_ask(self):
        """Write to those who have not answered, once a day at most."""
        self.check_access("write")
        for parent in self._asked_for():
            parent._check_open()
        return self._ask()

    def _ask(self):
        """
        :return: what the screen tells whoever pressed the button
        """
        today = self._today()
        people = self.sudo().filtered(
            lambda p: not p.has_answered and p.asked_on != today
        )
        if not people:
            raise UserError(
                self.env._(
                    "Nobody is left to be asked today: everybody has answered or was"
                    " written to today."
                )
            )
        people._unguarded().asked_on = today
        by_mail = people.filtered("partner_id.email")
        if by_mail and not self._safely(by_mail._queue_mails):
            by_mail = by_mail.browse()
        names = (people - by_mail).partner_id.mapped("name")
        return self._notify_reminded(len(by_mail), names)

    def _queue_mails(self):
        # On no record: whoever reads the evaluation would read the link of another.
        values = {"author_id": False, "model": False, "res_id": False}
        template = self.env.ref(self._asked_template).sudo()
        template.send_mail_batch(self.ids, email_values=values)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    @api.constrains(lambda self: (self._frozen_parent, "partner_id"))
    def _check_once(self):
        for parent in self._asked_for():
            partners = [person.partner_id for person in parent.person_ids]
            for partner in set(partners):
                if partners.count(partner) > 1:
                    raise ValidationError(
                        self.env._(
                            "%(name)s is already asked for %(evaluation)s.",
                            name=partner.display_name,
                            evaluation=parent.display_name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        for person in self.filtered("has_answered"):
            raise UserError(
                self.env._(
                    "%(name)s has answered: the number of answers stays right only if"
                    " this person stays on the list.",
                    name=person.partner_id.display_name,
                )
            )
