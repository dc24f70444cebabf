from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

MANAGER = "solidarity_hub.group_hub_manager"
KEEP_MONTHS = 12


class HubAnonymisation(models.Model):
    """Somebody whose name may be taken away: proposed, then kept or confirmed.

    Nothing is taken away without a person who confirms it. Who shares the database
    with another hub that knows the person waits for that hub's yes.
    """

    _name = "hub.anonymisation"
    _description = "Name to take away"
    _inherit = ["hub.guard.mixin", "hub.asking.mixin"]
    _order = "state, last_contact_on, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "partner_id",
            "company_id",
            "last_contact_on",
            "is_asked",
            "state",
            "note",
            "confirmed_by_id",
            "confirmed_on",
            "done_on",
        }
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    last_contact_on = fields.Date(
        string="Last contact",
        readonly=True,
        help="The last thing noted with this person: interview, moment, answer, role,"
        " outcome...",
    )
    is_asked = fields.Boolean(
        string="Asked for by the person",
        readonly=True,
        help="Anybody may ask to be forgotten, however recent the last contact is.",
    )
    state = fields.Selection(
        [
            ("proposed", "To review"),
            ("confirmed", "Confirmed"),
            ("waiting", "Waits for another hub"),
            ("kept", "Kept for now"),
            ("done", "Name taken away"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        index=True,
    )
    obstacle = fields.Text(
        string="Why not now", compute="_compute_obstacle", compute_sudo=False
    )
    note = fields.Text(string="What happened", readonly=True)
    keep_reason = fields.Char(string="Why the name is kept")
    keep_until = fields.Date(string="Kept until")
    confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, copy=False
    )
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    done_on = fields.Datetime(string="Taken away on", readonly=True, copy=False)

    @api.depends("partner_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_obstacle(self):
        asked = self.filtered(lambda row: row.state != "done")
        (self - asked).obstacle = False
        found = self.env["hub.forgetting"]._obstacles(asked.partner_id)
        for row in asked:
            reasons = row._told(found.get(row.partner_id.id, ()))
            row.obstacle = "\n".join(reasons) or False

    def _told(self, obstacles):
        """The reasons as this hub may read them: of another one only that there are."""
        self.ensure_one()
        words = []
        for company_id, reason in obstacles:
            if company_id and company_id != self.company_id.id:
                reason = self.env._(
                    "Another hub of this database still needs the name."
                )
            if reason not in words:
                words.append(reason)
        return words

    @api.constrains("partner_id", "company_id", "state")
    def _check_once(self):
        for row in self.filtered(lambda row: row.state != "done"):
            if self.search_count(
                Domain("partner_id", "=", row.partner_id.id)
                & Domain("company_id", "=", row.company_id.id)
                & Domain("state", "!=", "done")
                & Domain("id", "!=", row.id),
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s is on the list already.",
                        person=row.partner_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self._guard_is_open() and self.filtered(lambda r: r.state != "proposed"):
            raise UserError(
                self.env._("What was decided about a name stays on record.")
            )

    # ------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------

    @api.model
    def _check_may_decide(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("The manager of the hub decides whose name is taken away.")
            )

    def action_confirm(self):
        """These people are forgotten: at once, or by the job when there are many."""
        self._check_may_decide()
        self.check_access("write")
        rows = self.filtered(lambda row: row.state in ("proposed", "kept"))
        if not rows:
            raise UserError(
                self.env._("Choose people who are to be reviewed: these are decided.")
            )
        blocked = rows.filtered("obstacle")
        if blocked:
            raise UserError(
                "\n".join(
                    [self.env._("Not now; take them out of the choice:")]
                    + [f"{r.partner_id.display_name}: {r.obstacle}" for r in blocked]
                )
            )
        rows._unguarded().write(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                "confirmed_on": fields.Datetime.now(),
                "keep_reason": False,
                "keep_until": False,
                "note": False,
            }
        )
        rows._wake_those_who_waited()
        self.env.ref("solidarity_hub.ir_cron_hub_anonymisation").sudo()._trigger()
        return self._notify(
            [
                self.env._(
                    "Names to be taken away: %(count)s. It takes some minutes.",
                    count=len(rows),
                )
            ]
        )

    def action_keep(self):
        """The name is needed longer: until when, and why, is said on the line."""
        self._check_may_decide()
        self.check_access("write")
        today = self._today()
        for row in self:
            if row.state in ("waiting", "done"):
                row._raise_decided()
            if not (row.keep_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(person)s: say why the name is kept, then keep it.",
                        person=row.partner_id.display_name,
                    )
                )
            until = row.keep_until or today + relativedelta(months=KEEP_MONTHS)
            if until <= today:
                raise UserError(
                    self.env._(
                        "%(person)s: the day until which the name is kept is over."
                        " Choose a day to come.",
                        person=row.partner_id.display_name,
                    )
                )
            row._unguarded().write({"state": "kept", "keep_until": until})
        return True

    def action_review(self):
        """Back to the list, as long as nothing was taken away."""
        self._check_may_decide()
        self.check_access("write")
        for row in self.filtered(lambda row: row.state == "done"):
            row._raise_decided()
        self._unguarded().write(
            {
                "state": "proposed",
                "confirmed_by_id": False,
                "confirmed_on": False,
                "keep_until": False,
            }
        )
        return True

    def _raise_decided(self):
        raise UserError(
            self.env._(
                "%(person)s: this was decided already.",
                person=self.partner_id.display_name,
            )
        )

    def _wake_those_who_waited(self):
        """The other hubs of these people said yes before."""
        waiting = self.sudo().search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("state", "=", "waiting")
        )
        waiting.state = "confirmed"
