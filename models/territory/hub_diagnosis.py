from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

CLOSED_BY_SHARING = {
    "name",
    "date",
    "territory_id",
    "lead_id",
    "line_ids",
    "participant_ids",
    "other_participants",
    "summary",
    "version",
    "previous_id",
    "company_id",
}


class HubDiagnosis(models.Model):
    """What people find together about a territory or a project, on one date.

    A diagnosis is appraised again and again: each version stays as it was, the next
    one starts from it and shows what changed.
    """

    _name = "hub.diagnosis"
    _description = "Shared diagnosis"
    _inherit = [
        "hub.guard.mixin",
        "hub.asking.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset({"state", "reminded_on"})
    _order = "date desc, version desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    territory_id = fields.Many2one("hub.territory", index="btree_not_null")
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer",
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("shared", "Shared")],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    version = fields.Integer(default=1, readonly=True, copy=False)
    previous_id = fields.Many2one(
        "hub.diagnosis",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    next_ids = fields.One2many("hub.diagnosis", "previous_id", string="Versions after")
    line_ids = fields.One2many(
        "hub.diagnosis.line", "diagnosis_id", string="Findings", copy=False
    )
    participant_ids = fields.Many2many(
        "res.partner",
        "hub_diagnosis_participant_rel",
        "diagnosis_id",
        "partner_id",
        string="Who took part",
        check_company=True,
    )
    other_participants = fields.Char(
        string="Others present", help="People without a contact card, groups..."
    )
    summary = fields.Html()
    next_review_on = fields.Date(string="Next look", tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        check_company=True,
        help="Who is told when it is time to look again.",
    )
    reminded_on = fields.Date(copy=False, readonly=True)
    difference_ids = fields.One2many(
        "hub.diagnosis.line", compute="_compute_difference_ids", string="What changed"
    )
    dropped_line_ids = fields.One2many(
        "hub.diagnosis.line",
        compute="_compute_difference_ids",
        string="No longer there",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    @api.depends("name", "version", "date")
    def _compute_display_name(self):
        for diagnosis in self:
            diagnosis.display_name = diagnosis.name and self.env._(
                "%(name)s, version %(version)s",
                name=diagnosis.name,
                version=diagnosis.version,
            )

    @api.depends("line_ids.change", "previous_id.line_ids")
    def _compute_difference_ids(self):
        for diagnosis in self:
            lines = diagnosis.line_ids
            changed = lines.filtered(lambda line: line.change in ("new", "changed"))
            diagnosis.difference_ids = changed if diagnosis.previous_id else False
            diagnosis.dropped_line_ids = (
                diagnosis.previous_id.line_ids - lines.origin_line_id
            )

    @api.constrains("date", "next_review_on")
    def _check_next_review_on(self):
        for diagnosis in self:
            if diagnosis.next_review_on and diagnosis.next_review_on < diagnosis.date:
                raise ValidationError(
                    self.env._(
                        "%(name)s: the next look cannot be before the diagnosis.",
                        name=diagnosis.display_name,
                    )
                )

    def write(self, vals):
        if CLOSED_BY_SHARING & set(vals):
            self._check_open()
        result = super().write(vals)
        if "next_review_on" in vals:
            self._unguarded().reminded_on = False
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_open()

    def action_share(self):
        """The version is agreed: from here on it stays as it is."""
        for diagnosis in self.filtered(lambda d: d.state == "draft"):
            if not diagnosis.line_ids:
                raise UserError(
                    self.env._(
                        "%(name)s: write at least one finding before sharing it.",
                        name=diagnosis.display_name,
                    )
                )
            diagnosis._unguarded().state = "shared"

    def action_new_version(self):
        """Look again: the next version starts from the findings of this one."""
        self.ensure_one()
        if self.next_ids:
            return self.next_ids[0]._get_records_action()
        return self._next_version()._get_records_action()

    def _next_version(self):
        self.ensure_one()
        self.action_share()
        return self.copy(
            {
                "date": fields.Date.context_today(self),
                "version": self.version + 1,
                "previous_id": self.id,
                "state": "draft",
                "next_review_on": False,
                "line_ids": [
                    Command.create(
                        {
                            "kind": line.kind,
                            "name": line.name,
                            "sequence": line.sequence,
                            "need_id": line.need_id.id,
                            "origin_line_id": line.id,
                        }
                    )
                    for line in self.line_ids
                ],
            }
        )

    def _check_open(self):
        for diagnosis in self.filtered(lambda d: d.state == "shared"):
            raise UserError(
                self.env._(
                    "%(name)s is shared and stays as it was on that day. Begin a new"
                    " version to change something.",
                    name=diagnosis.display_name,
                )
            )

    @api.model
    def _hub_domain_for(self, partner):
        """The diagnoses this person took part in."""
        return Domain("participant_ids", "in", partner.ids)
