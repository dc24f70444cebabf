from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.people.hub_role import ROLE_KINDS


class HubMomentInvite(models.TransientModel):
    """Put people on the list of one or several moments: all those with a role, a
    college, a club (a tag of contacts), or chosen one by one."""

    _name = "hub.moment.invite"
    _description = "People expected at a collective moment"

    event_ids = fields.Many2many(
        "event.event",
        string="Collective moments",
        required=True,
        domain=[("hub_format", "!=", False)],
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    who = fields.Selection(
        [
            ("role", "All those with a role"),
            ("college", "A college"),
            ("club", "A club or group (tag of contacts)"),
            ("trainees", "Those whom its skills would serve"),
            ("people", "People that I choose"),
        ],
        required=True,
        default="role",
    )
    role_kind = fields.Selection(ROLE_KINDS, string="Role", default="holder")
    college_id = fields.Many2one(
        "hub.college",
        domain="[('company_id', '=', company_id), ('role_kind', '!=', False)]",
    )
    category_id = fields.Many2one("res.partner.category", string="Club or group")
    partner_ids = fields.Many2many(
        "res.partner",
        string="People",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
        help="Take off whoever should not be expected, add others.",
    )
    said_yes = fields.Boolean(
        string="They said that they come",
        help="Their yes is noted and they take a seat; otherwise they are asked.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        events = self._default_events()
        if events:
            values["event_ids"] = [Command.set(events.ids)]
            if events.hub_skill_ids:
                values["who"] = "trainees"
            if set(events.mapped("hub_format")) == {"training"}:
                values["role_kind"] = "volunteer"
            if len(events.company_id) == 1:
                values["company_id"] = events.company_id.id
        return values

    @api.model
    def _default_events(self):
        if self.env.context.get("active_model") != "event.event":
            return self.env["event.event"]
        ids = self.env.context.get("active_ids") or []
        return self.env["event.event"].browse(ids).filtered("hub_format")

    @api.depends(
        "who", "role_kind", "college_id", "category_id", "company_id", "event_ids"
    )
    def _compute_partner_ids(self):
        for invite in self:
            if invite.who != "people":
                invite.partner_ids = invite._people()

    def _people(self):
        """Who has the role today, belongs to the college or the club."""
        self.ensure_one()
        roles = self.env["hub.role"]
        if self.who == "club":
            return self.env["res.partner"].search(
                [("category_id", "child_of", self.category_id.ids)]
            )
        if self.who == "trainees":
            return self._trainees()
        today = fields.Date.context_today(self)
        held = roles._domain_on(today)
        kind = self.role_kind
        if self.who == "college":
            kind = self.college_id.role_kind
            if self.college_id.include_former:
                held = Domain("date_start", "<=", today)
        found = roles.search(
            held
            & Domain("kind", "=", kind)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("partner_id.active", "=", True)
        )
        return found.filtered(lambda role: not role.is_paused).partner_id

    def _trainees(self):
        """Whom these skills would serve: at a training the volunteers who could learn
        them, elsewhere the holders whose projects lack them."""
        found = self.env["res.partner"]
        for event in self.event_ids:
            rows = self.env["hub.skill.coverage"].search(
                [
                    ("skill_id", "in", event.hub_skill_ids.ids),
                    ("company_id", "=", self.company_id.id),
                ]
            )
            training = event.hub_format == "training"
            found |= rows.trainee_ids if training else rows.holder_ids
        return found

    def action_invite(self):
        """Put them on the lists, nobody twice; nothing is sent."""
        places = self._invite()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._words(places),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_invite_and_write(self):
        """Put them on the lists, then choose whom to write to."""
        self._invite()
        return self.event_ids.action_hub_write("invitation")

    def _invite(self):
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(
                self.env._("Nobody is chosen: choose a role, a college or people.")
            )
        self.event_ids._hub_check_moments()
        for event in self.event_ids:
            if event._hub_is_cancelled():
                raise UserError(
                    self.env._(
                        "“%(event)s” was cancelled: nobody can be expected there. Put"
                        " it back first.",
                        event=event.name,
                    )
                )
        answer = "yes" if self.said_yes else "waiting"
        return self.event_ids._hub_add_people(self.partner_ids, answer=answer)

    def _words(self, places):
        known = len(self.event_ids) * len(self.partner_ids) - len(places)
        if known:
            return self.env._(
                "%(new)s places noted, %(known)s were there already. Nothing was sent.",
                new=len(places),
                known=known,
            )
        return self.env._(
            "%(new)s places noted. Nothing was sent.",
            new=len(places),
        )
