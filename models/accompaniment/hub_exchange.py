from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

TEAM = "solidarity_hub.group_hub_adviser"
TRANSITIONS = {
    "planned": {"done", "cancelled"},
    "done": {"planned"},
    "cancelled": {"planned"},
}
# What was counted is not changed behind the back of those who took part.
SETTLED = {"duration", "company_id", "given_to_hub", "date_start"}
LONGEST = 24 * 60


class HubExchange(models.Model):
    """People whom a mediator brought together so that some learn from others: they
    agree on where, when and with what, and say in a few words how it went."""

    _name = "hub.exchange"
    _description = "Exchange of knowledge"
    _inherit = ["hub.guard.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset({"state", "is_counted"})

    name = fields.Char(string="What", required=True)
    skill_id = fields.Many2one("hub.skill", index="btree_not_null", ondelete="set null")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    mediator_id = fields.Many2one(
        "res.partner",
        string="Brought together by",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.user.partner_id,
    )
    date_start = fields.Datetime(string="Date", index=True)
    duration = fields.Integer(string="Duration (minutes)", required=True, default=60)
    hours = fields.Float(compute="_compute_hours")
    place = fields.Char()
    conditions = fields.Char(
        help="What each brings, what the material costs, how many times they meet."
    )
    participant_ids = fields.One2many(
        "hub.exchange.participant", "exchange_id", string="Who takes part", copy=True
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
    )
    given_to_hub = fields.Boolean(
        string="Given to the hub",
        help="The time of those who give counts as volunteering for the hub, and not"
        " between members: a workshop open to all, for instance.",
    )
    is_counted = fields.Boolean(
        string="Counted in time",
        readonly=True,
        copy=False,
        help="As the hub counted on the day it was marked done.",
    )
    over_limit_reason = fields.Char(
        string="Reason for going below the limit", copy=False, groups=TEAM
    )

    _duration_true = models.Constraint(
        f"CHECK(duration > 0 AND duration <= {LONGEST})",
        "An exchange lasts more than nothing and at most 24 hours; a longer one is"
        " several exchanges.",
    )

    @api.depends("name", "date_start")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for exchange in self:
            day = exchange._local_day()
            shown = f", {format_date(self.env, day)}" if day else ""
            exchange.display_name = f"{exchange.name or ''}{shown}"

    @api.depends("duration")
    def _compute_hours(self):
        for exchange in self:
            exchange.hours = exchange.duration / 60

    def _local_day(self):
        """The day of the exchange by the clock of whoever looks at it."""
        start = self.date_start
        return start and fields.Datetime.context_timestamp(self, start).date()

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("state", "date_start", "participant_ids")
    def _check_done(self):
        for exchange in self.filtered(lambda exchange: exchange.state == "done"):
            if not exchange.date_start:
                raise ValidationError(
                    self.env._(
                        "“%(exchange)s”: on which day did it take place? Add the date.",
                        exchange=exchange.name,
                    )
                )
            if exchange.date_start > fields.Datetime.now():
                raise ValidationError(
                    self.env._(
                        "“%(exchange)s” is still to come: it cannot be marked done."
                        " Leave it planned, or correct its date.",
                        exchange=exchange.display_name,
                    )
                )
            if set(exchange.participant_ids.mapped("side")) != {"giver", "learner"}:
                raise ValidationError(
                    self.env._(
                        "“%(exchange)s”: somebody gives and somebody learns. Add who is"
                        " missing.",
                        exchange=exchange.name,
                    )
                )

    def write(self, vals):
        if SETTLED & set(vals) and not self._guard_is_open():
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        if done := self.filtered(lambda exchange: exchange.state == "done"):
            done._raise_settled()

    def _raise_settled(self):
        raise UserError(
            self.env._(
                "“%(exchange)s” is done: press “Plan again” first, then change it and"
                " mark it done once more.",
                exchange=self[:1].display_name,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        done = self.filtered(lambda exchange: exchange.state == "done")
        if done:
            raise UserError(
                self.env._(
                    "“%(exchange)s” took place: it stays in the history. Was it"
                    " noted by mistake? Press “Plan again”, then delete it.",
                    exchange=done[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_done(self):
        """It took place; where the hub counts, the time goes to those who gave it."""
        self._go_to("done")

    def action_cancel(self):
        """It does not take place."""
        self._go_to("cancelled")

    def action_plan(self):
        """To come after all, or noted done by mistake: nothing is counted any more."""
        self._go_to("planned")

    def _go_to(self, state):
        self.check_access("write")
        for exchange in self:
            if state not in TRANSITIONS[exchange.state]:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "“%(exchange)s” is %(old)s: it does not become %(new)s.",
                        exchange=exchange.display_name,
                        old=labels[exchange.state].lower(),
                        new=labels[state].lower(),
                    )
                )
            exchange._unguarded().write({"state": state})
        self._count_again()

    @api.model
    def _hub_domain_for(self, partner):
        """Exchanges in which this person takes part, or which he or she mediates."""
        return Domain("participant_ids.partner_id", "=", partner.id) | Domain(
            "mediator_id", "=", partner.id
        )
