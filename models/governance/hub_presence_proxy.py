from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common.hub_answer_mixin import CHANNELS
from ..common.hub_guard_mixin import OPEN

AWAY = ("excused", "absent")


class HubPresence(models.Model):
    """Proxies: limited, visible, revocable, void when their holder is not there."""

    _inherit = "hub.presence"

    proxy_to_id = fields.Many2one(
        "hub.presence",
        string="Proxy to",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('meeting_id', '=', meeting_id), ('entitled', '=', True),"
        " ('id', '!=', id)]",
        check_company=True,
    )
    proxy_blank = fields.Boolean(
        string="Blank proxy", copy=False, help="Given without a name."
    )
    proxy_given_on = fields.Datetime(copy=False, readonly=True)
    proxy_channel = fields.Selection(
        CHANNELS, string="Proxy given by", copy=False, readonly=True
    )
    proxy_from_ids = fields.One2many(
        "hub.presence", "proxy_to_id", string="Proxies held"
    )
    has_proxies = fields.Boolean(
        string="May give a proxy", compute="_compute_has_proxies", compute_sudo=True
    )
    proxy_note = fields.Char(
        string="Note on the proxy", compute="_compute_proxy_note", compute_sudo=True
    )

    @api.depends("entitled", "meeting_id.proxies_per_person")
    def _compute_has_proxies(self):
        for line in self:
            line.has_proxies = line.entitled and line.meeting_id.proxies_per_person > 0

    @api.depends(
        "proxy_to_id.state",
        "proxy_to_id.departure",
        "proxy_blank",
        "state",
        "departure",
    )
    @api.depends_context("lang")
    def _compute_proxy_note(self):
        for line in self:
            line.proxy_note = line._proxy_words()

    def _proxy_words(self):
        """What is to be said of the proxy of this seat, where there is one."""
        holder = self.proxy_to_id
        if not holder:
            return self.proxy_blank and self.env._("blank, to be given to somebody")
        if holder.state in AWAY or holder.state == "represented":
            return self.env._("void: %(holder)s is not there", holder=holder.name)
        if holder.departure and not self._proxy_in_use():
            return self.env._("void: %(holder)s has left", holder=holder.name)
        if self.state == "present" and not self.departure:
            return self.env._("not in use: came in person")
        return ""

    def _proxy_in_use(self):
        meeting = self.meeting_id
        moment = meeting.closed_at or fields.Datetime.now()
        return not meeting.opened_at or self.proxy_to_id._is_there(moment)

    # ------------------------------------------------------------
    # Giving and taking back
    # ------------------------------------------------------------

    def write(self, vals):
        if not {"proxy_to_id", "proxy_blank"} & set(vals):
            return super().write(vals)
        holder = self.browse(vals.get("proxy_to_id") or ())
        (self | self.proxy_to_id | holder)._lock_and_touch()
        if holder:
            vals = dict(vals, proxy_blank=False)
        before = {line: line.proxy_to_id for line in self}
        result = super().write(vals)
        given = bool(holder or vals.get("proxy_blank"))
        self.with_context(hub_guard=OPEN)._note_proxy(given, before)
        return result

    def _note_proxy(self, given, before):
        """When and how it was given, and what that makes of the seat."""
        channel = self.env.context.get("hub_channel", "paper")
        for line in self:
            line.proxy_given_on = fields.Datetime.now() if given else False
            line.proxy_channel = channel if given else False
            if given and line.state in ("expected", *AWAY):
                line.state = "represented"
            elif not given and line.state == "represented":
                line.state = "excused" if line.answer == "no" else "expected"
            if line.proxy_to_id != before[line]:
                line._tell_proxy(before[line])

    def _tell_proxy(self, former):
        """The history of proxies stays on the meeting."""
        words = {"person": self.name, "holder": self.proxy_to_id.name or former.name}
        body = (
            self.env._("%(person)s gives a proxy to %(holder)s.", **words)
            if self.proxy_to_id
            else self.env._(
                "%(person)s takes back the proxy given to %(holder)s.", **words
            )
        )
        self.meeting_id.sudo().message_post(body=body)

    @api.constrains("proxy_to_id", "proxy_blank")
    def _check_proxy(self):
        for line in self.filtered("proxy_blank"):
            if not line.meeting_id.blank_proxies:
                line._raise_proxy(
                    self.env._("blank proxies are not accepted here; name somebody")
                )
        for line in self.filtered("proxy_to_id"):
            refusal = line._proxy_refusal()
            if refusal:
                line._raise_proxy(refusal)

    @api.constrains("state")
    def _check_represented(self):
        for line in self.filtered(lambda one: one.state == "represented"):
            if not line.proxy_to_id and not line.proxy_blank:
                raise ValidationError(
                    self.env._(
                        "%(person)s is represented: say by whom.",
                        person=line.display_name,
                    )
                )

    def _proxy_refusal(self):
        """Why this proxy cannot be, as the end of a sentence; or nothing."""
        self.ensure_one()
        meeting, holder = self.meeting_id, self.proxy_to_id
        if not self.entitled:
            return self.env._("whoever has no vote gives no proxy")
        if holder == self or holder.meeting_id != meeting or not holder.entitled:
            return self.env._("a proxy goes to another member who votes here")
        if not meeting.proxies_per_person:
            return self.env._("the rules of this meeting allow no proxies")
        if meeting.proxy_same_college and holder.college_id != self.college_id:
            return self.env._("a proxy stays within the college here")
        if holder.state in AWAY or holder.answer == "no":
            return self.env._(
                "%(holder)s will not be there, and the proxy would not count",
                holder=holder.name,
            )
        if holder.proxy_to_id or holder.proxy_blank:
            return self.env._(
                "%(holder)s has given a proxy himself or herself: proxies do not go"
                " round",
                holder=holder.name,
            )
        held = self.search_count([("proxy_to_id", "=", holder.id)])
        if held > meeting.proxies_per_person:
            return self.env._(
                "%(holder)s would hold %(held)s proxies, and %(most)s at most are"
                " allowed",
                holder=holder.name,
                held=held,
                most=meeting.proxies_per_person,
            )
        return None

    def _raise_proxy(self, reason):
        raise ValidationError(
            self.env._(
                "The proxy of %(person)s cannot be noted: %(reason)s.",
                person=self.display_name,
                reason=reason,
            )
        )

    # ------------------------------------------------------------
    # By the person, or by whoever notes it for the person
    # ------------------------------------------------------------

    def action_coming(self, channel=None, reason=None):
        """Will be there."""
        self._acting()._answer("yes", self._channel(channel), reason)

    def action_not_coming(self, channel=None, reason=None):
        """Will not be there."""
        self._acting()._answer("no", self._channel(channel), reason)

    def action_give_proxy(self, holder_id=None, channel=None):
        """Give a proxy to another seat; without one, a blank proxy."""
        channel = self._channel(channel)
        for line in self._acting():
            line._check_before_end()
            if line.answer != "no":
                line._answer("no", channel)
            line.with_context(hub_channel=channel).write(
                {"proxy_to_id": holder_id, "proxy_blank": not holder_id}
            )

    def action_revoke_proxy(self):
        """Take the proxy back."""
        for line in self._acting():
            line._check_before_end()
            line.write({"proxy_to_id": False, "proxy_blank": False})

    def action_ask_proxy(self):
        """Choose to whom the proxy goes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give a proxy"),
            "res_model": "hub.proxy.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_presence_id": self.id},
        }

    def _channel(self, channel):
        """Who answers for oneself does so through the screen; others note a call."""
        if channel in dict(CHANNELS):
            return channel
        own = self._hub_domain_for(self.env.user.partner_id)
        return "phone" if self - self.sudo().filtered_domain(own) else "portal"

    def _acting(self):
        """These seats, for whoever may answer and give proxies for them."""
        if self.env.su or self.has_access("write"):
            return self
        mine = self.sudo().filtered_domain(
            self._hub_domain_for(self.env.user.partner_id)
        )
        if self - mine:
            raise AccessError(
                self.env._("Only the person, or the coordination, answers for a seat.")
            )
        return mine

    def _answer(self, answer, channel, reason=None):
        """People change their mind until the meeting begins."""
        for line in self:
            line._check_before_end()
            if line.answer != "waiting":
                line._reset_answer()
            line._record_answer(answer, channel, reason)
            if answer == "yes" and (line.proxy_to_id or line.proxy_blank):
                line.write({"proxy_to_id": False, "proxy_blank": False})
            if line.state in ("expected", "excused"):
                line.state = "expected" if answer == "yes" else "excused"

    def _check_before_end(self):
        for line in self:
            meeting = line.meeting_id
            if meeting.state != "convened" or meeting.closed_at:
                raise UserError(
                    self.env._(
                        "%(meeting)s waits for no answer any more.",
                        meeting=meeting.display_name,
                    )
                )
