import uuid
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_mandate import OFFICES

STATES = [
    ("expected", "Expected"),
    ("present", "Present"),
    ("represented", "Represented"),
    ("excused", "Excused"),
    ("absent", "Absent"),
]


class HubPresence(models.Model):
    """A seat at a meeting: who is convened, answers, comes, leaves, is represented.

    Names and colleges are those of the convocation: a contact that changes later
    changes nothing here.
    """

    _name = "hub.presence"
    _description = "Seat at a meeting"
    _inherit = [
        "hub.meeting.line.mixin",
        "hub.answer.mixin",
        "portal.mixin",
    ]
    _order = "meeting_id, sequence, name, id"
    _guarded_fields = frozenset(
        {
            "answer",
            "answered_on",
            "answer_channel",
            "recorded_by_id",
            "meeting_id",
            "partner_id",
            "college_id",
            "mandate_id",
            "office",
            "name",
            "represented_name",
            "voting",
            "fee_missing",
            "entitled",
            "sequence",
            "proxy_given_on",
            "proxy_channel",
        }
    )
    # Somebody who joins later is entered by hand; rules look at the seat.
    _guarded_given = frozenset(
        {"meeting_id", "partner_id", "college_id", "mandate_id", "voting", "name"}
    )
    _after_minutes = frozenset({"access_token"})

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    name = fields.Char(required=True, readonly=True, copy=False)
    represented_name = fields.Char(string="In the name of", readonly=True)
    college_id = fields.Many2one(
        "hub.college", index="btree_not_null", ondelete="restrict", check_company=True
    )
    mandate_id = fields.Many2one(
        "hub.mandate", index="btree_not_null", ondelete="restrict", check_company=True
    )
    office = fields.Selection(OFFICES, required=True, default="member", readonly=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True, precompute=True)
    voting = fields.Boolean(
        string="Votes", default=True, help="Guests and experts do not."
    )
    fee_missing = fields.Boolean(string="Fee not paid", readonly=True, copy=False)
    admitted_reason = fields.Char(
        string="Admitted all the same",
        copy=False,
        help="Why somebody who has not paid the fee votes.",
    )
    exclusion_reason = fields.Char(
        string="Does not vote because",
        copy=False,
        help="Resigned in the meantime, for example. The seat no longer counts.",
    )
    entitled = fields.Boolean(
        string="May vote", compute="_compute_entitled", store=True, precompute=True
    )
    state = fields.Selection(STATES, required=True, default="expected", copy=False)
    arrival = fields.Datetime(
        string="Arrived at", copy=False, help="Empty: from the beginning."
    )
    departure = fields.Datetime(string="Left at", copy=False)
    substitute_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Sits and votes when the person cannot come.",
    )
    by_substitute = fields.Boolean(
        string="The substitute sits", copy=False, help="In the place of the person."
    )
    access_token = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        groups="solidarity_hub.group_hub_coordinator",
    )
    link = fields.Char(
        string="Personal link",
        compute="_compute_link",
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )
    phone = fields.Char(related="partner_id.phone")
    lock_count = fields.Integer(readonly=True, copy=False)

    _mandate_uniq = models.UniqueIndex(
        "(meeting_id, mandate_id) WHERE mandate_id IS NOT NULL",
        "This seat is already in the list of the meeting.",
    )
    _times_in_order = models.Constraint(
        "CHECK(departure >= arrival)", "Nobody leaves before having arrived."
    )

    @api.depends("name", "represented_name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.name} ({line.represented_name})"
                if line.represented_name
                else line.name
            )

    @api.depends("college_id", "voting", "meeting_id.college_ids.sequence")
    def _compute_sequence(self):
        for line in self:
            order = {
                one.college_id: one.sequence for one in line.meeting_id.college_ids
            }
            last = len(order) + (0 if line.voting else 1)
            line.sequence = order.get(line.college_id, last)

    @api.depends("voting", "exclusion_reason", "fee_missing", "admitted_reason")
    def _compute_entitled(self):
        for line in self:
            paid = not line.fee_missing or bool((line.admitted_reason or "").strip())
            line.entitled = line.voting and not line.exclusion_reason and paid

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for line in self:
            line.access_url = f"/my/hub/convocation/{line.id}"
        return result

    @api.depends("access_token")
    def _compute_link(self):
        for line in self:
            base = line.get_base_url() if line.id else ""
            path = f"{base}/my/hub/convocation/{line.id}"
            line.link = f"{path}?access_token={line.access_token}"

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        people = self.env["res.partner"].browse(
            vals["partner_id"] for vals in vals_list if vals.get("partner_id")
        )
        people.mapped("display_name")
        vals_list = [
            dict(vals, name=people.browse(vals.get("partner_id")).name or "?")
            for vals in vals_list
        ]
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        for line in self.filtered(lambda one: one.voting):
            raise UserError(
                self.env._(
                    "%(person)s was convened: note absent or excused, or write down why"
                    " the seat no longer votes.",
                    person=line.display_name,
                )
            )

    @api.constrains("meeting_id", "partner_id", "college_id", "voting")
    def _check_seat(self):
        """Whoever votes has a seat on the day; nobody has two."""
        for meeting, lines in self.grouped("meeting_id").items():
            voting = lines.filtered("voting")
            belongs = meeting.body_id._belongs_on(meeting._day()) if voting else ()
            for line in voting:
                if (line.partner_id, line.college_id) not in belongs:
                    line._raise_no_seat()
            counts = Counter(line.partner_id.id for line in meeting.presence_ids)
            for line in lines:
                if counts[line.partner_id.id] > 1:
                    line._raise_twice()

    def _raise_twice(self):
        raise ValidationError(
            self.env._(
                "%(person)s is already in the list of %(meeting)s: one person, one"
                " seat.",
                person=self.partner_id.display_name,
                meeting=self.meeting_id.display_name,
            )
        )

    def _raise_no_seat(self):
        raise ValidationError(
            self.env._(
                "%(person)s has no seat in %(body)s for “%(college)s” on the day of"
                " the meeting. Add the mandate (or the role) first, or let the person"
                " come without a vote.",
                person=self.partner_id.display_name,
                body=self.meeting_id.body_id.display_name,
                college=self.college_id.name or "-",
            )
        )

    def _lock_and_touch(self):
        """What two people do at once with one seat is done one after the other; see
        ``hub.role``."""
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_presence SET lock_count = COALESCE(lock_count, 0) + 1"
                    " WHERE id IN (SELECT id FROM hub_presence WHERE id IN %s"
                    " ORDER BY id FOR UPDATE)",
                    tuple(sorted(self.ids)),
                )
            )
            self.invalidate_recordset(["lock_count"])

    @api.model
    def _hub_domain_for(self, partner):
        """One's own seats, and those in which one stands in."""
        return Domain("partner_id", "=", partner.id) | Domain(
            "substitute_id", "=", partner.id
        )
