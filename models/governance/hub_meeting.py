from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.base.models.res_partner import _tz_get

from .hub_body import READERS
from .hub_meeting_rules_mixin import MEETING_RULES

STATES = [
    ("planned", "Being prepared"),
    ("convened", "Convened"),
    ("held", "Held"),
    ("minuted", "Minutes approved"),
    ("cancelled", "Called off"),
]
TRANSITIONS = {
    "planned": {"convened", "held", "cancelled"},
    "convened": {"held", "cancelled"},
    "held": {"minuted"},
    "minuted": set(),
    "cancelled": set(),
}
# What the approved minutes speak of.
MINUTED = {
    "name", "body_id", "date", "date_tz", "place", "online_url", "opened_at",
    "closed_at", "chair_id", "secretary_id", "company_id", "lang", "notice_reason",
}  # fmt: skip


class HubMeeting(models.Model):
    """A meeting of a body: convened with its agenda, held, and told by its minutes.

    Rules, colleges, weights and members are copied when it is convened: what changes
    in the body afterwards changes nothing here.
    """

    _name = "hub.meeting"
    _description = "Meeting"
    _inherit = [
        "hub.guard.mixin",
        "hub.asking.mixin",
        "hub.meeting.rules.mixin",
        "hub.team.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "body_id"]
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "state",
            "convened_on",
            "recorded_afterwards",
            "first_call_id",
            "convocation_file",
            *MEETING_RULES,
        }
    )
    _kept_files = frozenset({"convocation_file"})

    name = fields.Char(
        string="Title",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    body_id = fields.Many2one(
        "hub.body",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="body_id.company_id", store=True, precompute=True, index=True
    )
    date = fields.Datetime(required=True, index=True, tracking=True)
    date_tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "Europe/Paris",
    )
    duration = fields.Float(string="Expected hours", default=2.0)
    place = fields.Char(tracking=True)
    online_url = fields.Char(string="Link to join from afar")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language of the documents",
        required=True,
        default=lambda self: self._default_lang(),
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="planned",
        index=True,
        tracking=True,
        group_expand=True,
    )
    agenda_item_ids = fields.One2many("hub.agenda.item", "meeting_id", copy=True)
    resolution_ids = fields.One2many("hub.resolution", "meeting_id")
    presence_ids = fields.One2many("hub.presence", "meeting_id", groups=READERS)
    college_ids = fields.One2many("hub.meeting.college", "meeting_id")
    minutes_ids = fields.One2many(
        "hub.minutes", "meeting_id", string="Minutes of the meeting"
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        "hub_meeting_document_rel",
        "meeting_id",
        "attachment_id",
        string="Documents",
        copy=False,
        help="Read by all who are convened.",
    )
    chair_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    secretary_id = fields.Many2one(
        "res.partner",
        string="Secretary of the meeting",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    opened_at = fields.Datetime(string="Opened at", copy=False, tracking=True)
    closed_at = fields.Datetime(string="Closed at", copy=False, tracking=True)
    recorded_afterwards = fields.Boolean(copy=False, readonly=True)
    first_call_id = fields.Many2one(
        "hub.meeting",
        string="Second call of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    second_call_ids = fields.One2many("hub.meeting", "first_call_id")
    is_past = fields.Boolean(compute="_compute_is_past")
    active = fields.Boolean(default=True)

    @api.model
    def _default_lang(self):
        known = self.env.company.partner_id.lang or self.env.lang
        return known or self.env["res.lang"].get_installed()[0][0]

    @api.depends("body_id")
    def _compute_name(self):
        for meeting in self:
            meeting.name = meeting.name or meeting.body_id.name

    @api.depends("name", "date", "date_tz")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting.date and format_date(self.env, meeting._day())
            meeting.display_name = ", ".join(filter(None, [meeting.name, day]))

    # ------------------------------------------------------------
    # Creating and writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._adopt_documents()
        meetings._propose_agenda()
        return meetings

    def write(self, vals):
        if MINUTED & set(vals):
            self._check_open_to_changes()
        if "body_id" in vals:
            self._check_body_may_change(vals["body_id"])
        result = super().write(vals)
        if "document_ids" in vals:
            self._adopt_documents()
        return result

    def copy_data(self, default=None):
        later = {"date": fields.Datetime.now() + timedelta(days=30)}
        return super().copy_data(dict(later, **(default or {})))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        for meeting in self.filtered(lambda one: one.state != "planned"):
            raise UserError(
                self.env._(
                    "%(meeting)s has been convened: it stays in the register. Cancel it"
                    " instead of deleting it.",
                    meeting=meeting.display_name,
                )
            )

    def _adopt_documents(self):
        """A file dropped on a new meeting belongs to it."""
        for meeting in self:
            loose = meeting.document_ids.sudo().filtered(
                lambda file: file.res_model in (False, self._name) and not file.res_id
            )
            loose.write({"res_model": self._name, "res_id": meeting.id})

    def _check_open_to_changes(self):
        for meeting in self.filtered(lambda one: one.state == "minuted"):
            raise UserError(
                self.env._(
                    "The minutes of %(meeting)s are approved: it no longer changes.",
                    meeting=meeting.display_name,
                )
            )

    def _check_body_may_change(self, body_id):
        for meeting in self:
            if meeting.state != "planned" and meeting.body_id.id != body_id:
                raise UserError(
                    self.env._(
                        "%(meeting)s has been convened for its members: plan another"
                        " meeting for another body.",
                        meeting=meeting.display_name,
                    )
                )

    def _check_transition(self, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for meeting in self:
            if target not in TRANSITIONS[meeting.state]:
                raise UserError(
                    self.env._(
                        "%(meeting)s is “%(state)s”: it cannot become “%(target)s”.",
                        meeting=meeting.display_name,
                        state=labels[meeting.state],
                        target=labels[target],
                    )
                )

    def _move(self, target, **vals):
        self._check_transition(target)
        self._unguarded().write(dict(vals, state=target))

    def action_cancel(self):
        """It does not take place; whoever was convened is told."""
        self.check_access("write")
        self._move("cancelled")
        for meeting in self.filtered("convened_on"):
            meeting._tell_cancelled()

    @api.model
    def _domain_convened(self, partner):
        """Meetings to which this person, or whom he or she stands in for, is
        convened."""
        return Domain(
            "presence_ids",
            "any!",
            Domain("partner_id", "=", partner.id)
            | Domain("substitute_id", "=", partner.id),
        )

    @api.model
    def _hub_domain_for(self, partner):
        """Meetings of the bodies in which this person sits, and own convocations."""
        sits = self.env["hub.mandate"]._domain_seat_of(partner)
        body = Domain("body_id", "any!", Domain("mandate_ids", "any!", sits))
        return self._domain_convened(partner) | body
