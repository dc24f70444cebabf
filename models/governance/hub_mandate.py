from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..people.hub_role import FOREVER

OFFICES = [
    ("chair", "Chair"),
    ("vice_chair", "Vice-chair"),
    ("treasurer", "Treasurer"),
    ("secretary", "Secretary"),
    ("member", "Member"),
]
ENDING_DAYS = 91


class HubMandate(models.Model):
    """A seat of one person in a body, for a college, from one date to another."""

    _name = "hub.mandate"
    _description = "Mandate"
    _inherit = ["hub.team.thread.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    body_id = fields.Many2one(
        "hub.body",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        related="body_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    college_id = fields.Many2one(
        "hub.college",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    office = fields.Selection(OFFICES, required=True, default="member", tracking=True)
    represented_id = fields.Many2one(
        "res.partner",
        string="In the name of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The organisation that this person represents.",
    )
    substitute_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Sits and votes when the person cannot come.",
    )
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date(
        string="Until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Last day of the mandate; empty: no end.",
    )
    resolution_id = fields.Many2one(
        "hub.resolution",
        string="Decided by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The resolution that elected or appointed this person.",
    )
    origin = fields.Char(
        string="Elected or appointed",
        help="How, where no resolution of this hub says it: by the founders, by the"
        " town council.",
    )
    eligibility_reason = fields.Char(
        string="Why eligible",
        help="Why a person without the role of the college sits for it all the same.",
    )
    end_reason = fields.Char(string="Why it ended")
    state = fields.Selection(
        [("upcoming", "Upcoming"), ("active", "Active"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
    )
    is_ending = fields.Boolean(
        string="Ends within three months",
        compute="_compute_state",
        search="_search_is_ending",
    )

    _partner_body_idx = models.Index("(partner_id, body_id)")
    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)",
        "A mandate cannot end before it starts: correct one of the two dates.",
    )

    @api.depends("partner_id.display_name", "body_id.name")
    def _compute_display_name(self):
        for mandate in self:
            mandate.display_name = ", ".join(
                filter(None, [mandate.partner_id.display_name, mandate.body_id.name])
            )

    @api.depends("body_id", "date_start")
    def _compute_date_end(self):
        for mandate in self:
            months = mandate.body_id.term_months
            if months and mandate.date_start:
                mandate.date_end = mandate.date_start + relativedelta(
                    months=months, days=-1
                )
            else:
                mandate.date_end = False

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        soon = fields.Date.add(today, days=ENDING_DAYS)
        for mandate in self:
            end = mandate.date_end or FOREVER
            if mandate.date_start and mandate.date_start > today:
                mandate.state = "upcoming"
            else:
                mandate.state = "ended" if end < today else "active"
            mandate.is_ending = mandate.state == "active" and end <= soon

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "upcoming": Domain("date_start", ">", today),
            "ended": Domain("date_end", "<", today) & Domain("date_start", "<=", today),
            "active": self._domain_on(today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _search_is_ending(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        ending = self._domain_on(today) & Domain(
            "date_end", "<=", fields.Date.add(today, days=ENDING_DAYS)
        )
        return Domain.OR(ending if wanted else ~ending for wanted in value)

    @api.constrains("body_id", "college_id", "partner_id", "represented_id")
    def _check_college(self):
        for mandate in self:
            body, college = mandate.body_id, mandate.college_id
            if body.membership != "mandate":
                raise ValidationError(
                    self.env._(
                        "Everybody of its colleges belongs to %(body)s: no mandate is"
                        " needed.",
                        body=body.display_name,
                    )
                )
            known = body.college_ids.college_id
            if college not in known and (known or college):
                raise ValidationError(
                    self.env._(
                        "%(mandate)s: choose one of the colleges that sit there"
                        " (%(colleges)s).",
                        mandate=mandate.display_name,
                        colleges=", ".join(known.mapped("name"))
                        or self.env._("none, leave it empty"),
                    )
                )
            if mandate.college_id and not mandate.eligibility_reason:
                mandate._check_role()

    def _check_role(self):
        """Whoever sits for a college has its role, or a reason is written down."""
        kind = self.college_id.role_kind
        people = self.partner_id | self.represented_id
        if not kind or self._roles_of(people, kind):
            return
        labels = dict(
            self.env["hub.role"]._fields["kind"]._description_selection(self.env)
        )
        raise ValidationError(
            self.env._(
                "%(person)s has not the role “%(role)s” on %(day)s and would sit for"
                " “%(college)s”. Add the role on the person, or write down the reason.",
                person=self.partner_id.display_name,
                role=labels[kind],
                day=format_date(self.env, self.date_start),
                college=self.college_id.name,
            )
        )

    def _roles_of(self, people, kind):
        roles = (
            self.env["hub.role"]
            .sudo()
            .search(
                Domain("partner_id", "in", people.ids)
                & Domain("kind", "=", kind)
                & Domain("company_id", "=", self.company_id.id)
                & Domain("date_start", "<=", self.date_start)
            )
        )
        if self.college_id.include_former:
            return roles
        return roles.filtered(lambda role: role._holds_on(self.date_start))

    @api.model
    def _domain_on(self, day):
        """Mandates that hold on this day."""
        return Domain("date_start", "<=", day) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )

    @api.model
    def _domain_seat_of(self, partner):
        """Seats that this person has today, or stands in for."""
        return self._domain_on("today") & (
            Domain("partner_id", "=", partner.id)
            | Domain("substitute_id", "=", partner.id)
        )

    def action_end(self):
        """The mandate ends today; it stays in the register."""
        self.write({"date_end": fields.Date.context_today(self)})

    def action_renew(self):
        """The next mandate of the same person, to be completed."""
        self.ensure_one()
        start = fields.Date.add(
            self.date_end or fields.Date.context_today(self), days=1
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New mandate"),
            "res_model": "hub.mandate",
            "view_mode": "form",
            "context": {
                "default_date_start": fields.Date.to_string(start),
                **{
                    f"default_{name}": self[name].id
                    for name in (
                        "body_id",
                        "partner_id",
                        "college_id",
                        "represented_id",
                        "substitute_id",
                    )
                },
                "default_office": self.office,
            },
        }

    @api.model
    def _hub_domain_for(self, partner):
        """The mandates of the bodies in which this person sits."""
        return Domain("body_id", "any!", self.env["hub.body"]._hub_domain_for(partner))
