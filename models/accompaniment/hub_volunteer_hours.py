from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

TEAM = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer"
# Who gives time to the hub; holders and funders do not.
COUNTED_KINDS = ("employee", "volunteer", "qualified")
FUNCTIONS = [
    ("reception", "Reception"),
    ("accompaniment", "Accompaniment"),
    ("network", "Life of the network"),
    ("management", "Running the hub"),
]
SETTLED = {
    "partner_id", "date", "hours", "function", "lead_id", "programme_id", "name",
    "company_id", "active",
}  # fmt: skip


class HubVolunteerHours(models.Model):
    """Time that a person gave to the hub on one day: proposed from what was done or
    added by hand, and counted once somebody of the team has validated it."""

    _name = "hub.volunteer.hours"
    _description = "Time given"
    _inherit = ["hub.guard.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "state",
            "source",
            "presence_id",
            "registration_id",
            "participant_id",
            "validated_by_id",
            "validated_on",
        }
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.user.partner_id,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    hours = fields.Float(required=True, default=1.0)
    function = fields.Selection(
        FUNCTIONS, string="For", required=True, default="accompaniment"
    )
    name = fields.Char(string="What", groups=TEAM)
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        domain="[('is_hub_project', '=', True)]",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        groups=TEAM,
    )
    source = fields.Selection(
        [
            ("interview", "Interview"),
            ("event", "Collective moment"),
            ("meeting", "Meeting"),
            ("exchange", "Exchange of knowledge"),
            ("own", "Added by hand"),
        ],
        string="Comes from",
        required=True,
        readonly=True,
        default="own",
    )
    presence_id = fields.Many2one(
        "hub.interview.presence",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=TEAM,
    )
    registration_id = fields.Many2one(
        "event.registration",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=TEAM,
    )
    state = fields.Selection(
        [("draft", "To validate"), ("validated", "Validated")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    validated_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    validated_on = fields.Date(readonly=True, copy=False)
    role_kind = fields.Selection(
        [
            ("volunteer", "Volunteer"),
            ("employee", "Employee"),
            ("qualified", "Qualified person"),
        ],
        string="Given as",
        compute="_compute_role_kind",
        store=True,
    )
    active = fields.Boolean(default=True)

    _presence_uniq = models.UniqueIndex(
        "(presence_id) WHERE presence_id IS NOT NULL",
        "The time of this person at this interview is already there.",
    )
    _registration_uniq = models.UniqueIndex(
        "(registration_id, date) WHERE registration_id IS NOT NULL",
        "The time of this person at this moment is already there.",
    )

    @api.depends("partner_id.display_name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            day = format_date(self.env, line.date) if line.date else ""
            line.display_name = f"{line.partner_id.display_name or ''}, {day}"

    @api.depends("partner_id", "date", "company_id")
    def _compute_role_kind(self):
        roles = self._counted_roles()
        for line in self:
            held = roles.get((line.partner_id, line.company_id), ())
            kinds = {role.kind for role in held if role._holds_on(line.date)}
            given = [kind for kind in COUNTED_KINDS if kind in kinds]
            line.role_kind = given[0] if given else False

    def _counted_roles(self):
        """Roles in which these people give time, ``{(person, hub): roles}``."""
        roles = (
            self.env["hub.role"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("kind", "in", COUNTED_KINDS),
                ],
                order="date_start, id",
            )
        )
        return roles.grouped(lambda role: (role.partner_id, role.company_id))

    # ------------------------------------------------------------
    # Who writes what
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_projects()
        return lines

    def write(self, vals):
        settled = not self.env.su and self.filtered(lambda line: line.state != "draft")
        if settled and SETTLED & set(vals):
            raise UserError(settled[0]._words_of_settled())
        result = super().write(vals)
        if {"partner_id", "company_id"} & set(vals):
            self.check_access("write")
        if "lead_id" in vals:
            self._check_projects()
        return result

    def _check_projects(self):
        """Nobody names a project that he or she does not see."""
        if not self.env.su and (leads := self.sudo().lead_id):
            leads.sudo(False).check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        for line in self:
            if line.state != "draft":
                raise UserError(line._words_of_settled())
            if line.source != "own" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(line)s was proposed from what was done: archive it, and it"
                        " does not come back.",
                        line=line.display_name,
                    )
                )

    def _time_words(self):
        """What a line is, for the person whose time it is."""
        self.ensure_one()
        labels = dict(self._fields["function"]._description_selection(self.env))
        return self.name or labels.get(self.function, "")

    def _words_of_settled(self):
        return self.env._(
            "%(line)s is validated: somebody of the coordination sets it back to be"
            " validated, then it can be changed.",
            line=self.display_name,
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_validate(self):
        """These hours count; without a selection, all that wait."""
        self._check_group("solidarity_hub.group_hub_adviser")
        lines = self or self.search([("state", "=", "draft")])
        lines.check_access("read")
        lines.filtered(lambda line: line.state == "draft").sudo().write(
            {
                "state": "validated",
                "validated_by_id": self.env.uid,
                "validated_on": fields.Date.context_today(self),
            }
        )

    def action_draft(self):
        """To be corrected and validated again."""
        self._check_group("solidarity_hub.group_hub_coordinator")
        self.check_access("write")
        self.sudo().write(
            {"state": "draft", "validated_by_id": False, "validated_on": False}
        )

    def _check_group(self, group):
        if not self.env.su and not self.env.user.has_group(group):
            raise UserError(
                self.env._("The team of the hub validates the hours: ask it to.")
            )
