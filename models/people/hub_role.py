from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

ROLE_KINDS = [
    ("holder", "Project holder"),
    ("volunteer", "Volunteer"),
    ("funder", "Solidarity funder"),
    ("institution", "Institution or partner"),
    ("qualified", "Qualified person"),
    ("employee", "Employee"),
]
INSTITUTION_KINDS = [
    ("state", "State service"),
    ("local_authority", "Local authority"),
    ("chamber", "Chamber of trade"),
    ("bank", "Bank"),
    ("company", "Business"),
    ("association", "Association"),
]
# Who may fill a place beside a project.
ACCOMPANYING_KINDS = ("volunteer", "employee")
FOREVER = date.max


class HubRole(models.Model):
    """What a person or an organisation is for the hub, from one date to another.

    A person goes from project holder to volunteer to board member and the history
    stays: rights, statistics and eligibility derive from it.
    """

    _name = "hub.role"
    _description = "Role in the hub"
    _inherit = ["mail.thread"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Person or organisation",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(ROLE_KINDS, required=True, tracking=True)
    institution_kind = fields.Selection(
        INSTITUTION_KINDS, string="Kind of institution", group_expand=True
    )
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date(
        string="Until", tracking=True, help="Last day of the role; empty: no end."
    )
    state = fields.Selection(
        [("upcoming", "Upcoming"), ("active", "Active"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
    )
    capacity = fields.Integer(
        string="Projects at once",
        compute="_compute_capacity",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="How many projects this person accompanies at the same time, at most.",
    )
    capacity_reason = fields.Char(
        string="Reason for more projects",
        tracking=True,
        help="Why this person accompanies more projects than agreed at first.",
    )
    pause_from = fields.Date(string="Away from", tracking=True)
    pause_to = fields.Date(
        string="Away until", tracking=True, help="Empty: until further notice."
    )
    is_paused = fields.Boolean(
        string="Away", compute="_compute_is_paused", search="_search_is_paused"
    )
    trained_on = fields.Date(tracking=True)
    trained_event_id = fields.Many2one(
        "event.event", string="Training followed", readonly=True, copy=False
    )
    lock_count = fields.Integer(readonly=True, copy=False)

    _partner_kind_idx = models.Index("(partner_id, kind)")
    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0)", "The number of projects at once cannot be negative."
    )

    @api.depends("partner_id.display_name", "kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for role in self:
            role.display_name = (
                f"{role.partner_id.display_name or ''} ({labels.get(role.kind, '')})"
            )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for role in self:
            if role.date_start and role.date_start > today:
                role.state = "upcoming"
            elif role.date_end and role.date_end < today:
                role.state = "ended"
            else:
                role.state = "active"

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

    @api.depends("kind")
    def _compute_capacity(self):
        for role in self:
            if role.kind not in ACCOMPANYING_KINDS:
                role.capacity = 0
            elif not role.capacity:
                company = role.company_id or self.env.company
                role.capacity = company.hub_default_capacity

    @api.depends("pause_from", "pause_to")
    def _compute_is_paused(self):
        today = fields.Date.context_today(self)
        for role in self:
            role.is_paused = role._is_paused_on(today)

    def _search_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        paused = Domain("pause_from", "<=", today) & (
            Domain("pause_to", "=", False) | Domain("pause_to", ">=", today)
        )
        return Domain.OR(paused if wanted else ~paused for wanted in value)

    @api.onchange("capacity")
    def _onchange_capacity(self):
        if self._origin and self.capacity != self._origin.capacity:
            self.capacity_reason = False

    @api.constrains("date_start", "date_end", "pause_from", "pause_to")
    def _check_dates(self):
        for role in self:
            if role.date_end and role.date_end < role.date_start:
                raise ValidationError(
                    self.env._(
                        "%(role)s ends on %(end)s, before it starts on %(start)s."
                        " Correct one of the two dates.",
                        role=role.display_name,
                        end=format_date(self.env, role.date_end),
                        start=format_date(self.env, role.date_start),
                    )
                )
            if role.pause_to and not (
                role.pause_from and role.pause_from <= role.pause_to
            ):
                raise ValidationError(
                    self.env._(
                        "%(role)s: the absence needs a first day that is not after"
                        " its last day.",
                        role=role.display_name,
                    )
                )

    @api.constrains("kind", "institution_kind")
    def _check_institution_kind(self):
        for role in self:
            if role.kind == "institution" and not role.institution_kind:
                raise ValidationError(
                    self.env._(
                        "%(role)s: say which kind of institution it is (State"
                        " service, local authority, chamber, bank, company or"
                        " association).",
                        role=role.display_name,
                    )
                )

    def write(self, vals):
        if "capacity" in vals and not (vals.get("capacity_reason") or "").strip():
            self._check_capacity_reason(vals["capacity"])
        return super().write(vals)

    @api.model
    def _hub_domain_for(self, partner):
        """The roles of this person."""
        return Domain("partner_id", "=", partner.id)

    @api.model
    def _domain_on(self, day):
        """Roles that hold on this day."""
        return Domain("date_start", "<=", day) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )

    def _holds_on(self, day):
        self.ensure_one()
        return self.date_start <= day <= (self.date_end or FOREVER)

    def _is_paused_on(self, day):
        self.ensure_one()
        return bool(
            self.pause_from and self.pause_from <= day <= (self.pause_to or FOREVER)
        )

    def _lock_and_touch(self):
        """Make sure that nobody else fills a place with these people meanwhile.

        Under REPEATABLE READ a lock alone does not stop a second insert: the row is
        written, so that the loser of two concurrent transactions is run again.
        """
        for role_id in sorted(self.ids):
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_role SET lock_count = COALESCE(lock_count, 0) + 1"
                    " WHERE id = %s",
                    role_id,
                )
            )
        self.invalidate_recordset(["lock_count"])

    def action_open_person(self):
        """The card of the person or organisation."""
        self.ensure_one()
        form = self.env.ref("solidarity_hub.view_hub_partner_form")
        return {
            **self.partner_id._get_records_action(),
            "views": [(form.id, "form")],
        }

    def action_pause(self):
        """Away from today, until further notice."""
        self.write({"pause_from": fields.Date.context_today(self), "pause_to": False})

    def action_resume(self):
        """Back today."""
        self.write({"pause_from": False, "pause_to": False})

    def action_end(self):
        """The role ends today; it stays in the history."""
        self.write({"date_end": fields.Date.context_today(self)})

    def _hub_write_list(self, changes):
        """What an imported list says of this role, see ``res.partner``."""
        self.ensure_one()
        if self.kind == "institution":
            self._hub_write_changed(institution_kind=changes["institution_kind"])
        if self.kind in ACCOMPANYING_KINDS:
            self._hub_write_changed(trained_on=changes["trained_on"])
            if changes["capacity"] and self.capacity != changes["capacity"]:
                self.write(
                    {
                        "capacity": changes["capacity"],
                        "capacity_reason": self.env._("From an imported list"),
                    }
                )

    def _hub_write_changed(self, **vals):
        vals = {k: value for k, value in vals.items() if value and self[k] != value}
        if vals:
            self.write(vals)

    def _check_capacity_reason(self, capacity):
        for role in self:
            if capacity > role.capacity:
                raise ValidationError(
                    self.env._(
                        "%(role)s accompanies %(old)s projects at once. To raise it to"
                        " %(new)s, write the reason beside it.",
                        role=role.display_name,
                        old=role.capacity,
                        new=capacity,
                    )
                )
