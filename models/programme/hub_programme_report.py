from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .programme_facts import GENDERS

WRITERS = (
    "solidarity_hub.group_hub_coordinator",
    "solidarity_hub.group_hub_finance",
)


class HubProgrammeReport(models.Model):
    """A report that a funder awaits: of which period, by which day, with which figures.

    Figures are computed from what is noted by the day of the report and stay as they
    were sent; a corrected one keeps the computed one beside it.
    """

    _name = "hub.programme.report"
    _description = "Report to a funder"
    _inherit = ["hub.guard.mixin", "hub.asking.mixin", "mail.thread"]
    _order = "due_on, id"
    _check_company_auto = True
    _guarded_fields = frozenset({"state", "sent_on", "computed_on", "reminded_on"})

    programme_id = fields.Many2one(
        "hub.programme", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="programme_id.company_id", store=True, precompute=True, index=True
    )
    name = fields.Char(required=True, default=lambda self: self.env._("Report"))
    date_from = fields.Date(string="Period from", required=True)
    date_to = fields.Date(string="Period to", required=True)
    due_on = fields.Date(string="Due on", required=True, tracking=True)
    state = fields.Selection(
        [("planned", "To come"), ("computed", "Computed"), ("sent", "Sent")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        tracking=True,
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    as_of = fields.Date(
        string="Facts known on",
        copy=False,
        help="What is dated later is not known to this report. Empty: the day on which"
        " it is computed.",
    )
    computed_on = fields.Datetime(readonly=True, copy=False)
    sent_on = fields.Date(readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    line_ids = fields.One2many(
        "hub.programme.report.line", "report_id", string="Figures", copy=False
    )
    words = fields.Text(string="Words to the funder")

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "A period ends on or after the day it starts."
    )

    @api.depends("due_on", "state")
    def _compute_is_late(self):
        today = self._today()
        for report in self:
            report.is_late = bool(
                report.state != "sent" and report.due_on and report.due_on < today
            )

    @api.depends("name", "programme_id.name")
    def _compute_display_name(self):
        for report in self:
            parts = (report.programme_id.name, report.name)
            report.display_name = ": ".join(filter(None, parts))

    def write(self, vals):
        settled = {"programme_id", "date_from", "date_to", "as_of", "line_ids"}
        if settled & set(vals) and not self._guard_is_open():
            self._check_not_sent()
        result = super().write(vals)
        if "due_on" in vals:
            self._unguarded().reminded_on = False
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._check_not_sent()

    def _check_not_sent(self):
        for report in self.filtered(lambda report: report.state == "sent"):
            raise UserError(
                self.env._(
                    "“%(report)s” was sent on %(date)s: its figures stay as they were"
                    " sent. Take it back to correct it.",
                    report=report.display_name,
                    date=fields.Date.to_string(report.sent_on),
                )
            )

    @api.model
    def _check_may_report(self):
        if not self.env.su and not any(map(self.env.user.has_group, WRITERS)):
            raise AccessError(
                self.env._("The coordination and finance write reports to funders.")
            )

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    def action_compute(self):
        """Compute the figures from the facts; what was typed in stays."""
        self._check_may_report()
        self.check_access("write")
        self._check_not_sent()
        for report in self:
            if not report.programme_id.indicator_ids:
                raise UserError(
                    self.env._(
                        "“%(programme)s” has no indicator yet: choose those that the"
                        " funder asks for on the programme.",
                        programme=report.programme_id.name,
                    )
                )
            report._compute_lines()
            report._unguarded().write(
                {
                    "state": "computed",
                    "computed_on": fields.Datetime.now(),
                    "as_of": report.as_of or self._today(),
                }
            )
        return True

    def _compute_lines(self):
        self.ensure_one()
        programme = self.programme_id
        facts = programme._facts(self.as_of or self._today())[programme.id]
        period = self.date_from, self.date_to
        known = {line.indicator_id: line for line in self.line_ids}
        indicators = programme.indicator_ids.sorted()
        asked = indicators.filtered(lambda indicator: not indicator.is_typed)
        threshold = self.company_id.hub_small_group
        shown = programme._shown(facts, asked, *period, threshold)
        commands = [
            Command.unlink(line.id)
            for indicator, line in known.items()
            if indicator not in indicators
        ]
        for indicator in indicators:
            vals = {}
            if not indicator.is_typed:
                numbers = facts.by_gender(indicator, *period)
                vals = {gender: numbers.get(gender, 0) for gender in GENDERS}
                hidden = {
                    gender or "total"
                    for gender in (None, *GENDERS)
                    if (indicator.id, gender) not in shown
                }
                vals["hidden"] = " ".join(sorted(hidden))
            line = known.get(indicator)
            commands.append(
                Command.update(line.id, vals)
                if line
                else Command.create({"indicator_id": indicator.id, **vals})
            )
        self._unguarded().line_ids = commands

    # ------------------------------------------------------------
    # Life
    # ------------------------------------------------------------

    def action_sent(self):
        """The report went to the funder: its figures are closed."""
        self._check_may_report()
        self.check_access("write")
        for report in self:
            if report.state != "computed":
                raise UserError(
                    self.env._(
                        "“%(report)s”: compute the figures, look at them, then say that"
                        " it was sent.",
                        report=report.display_name,
                    )
                )
        self._unguarded().write({"state": "sent", "sent_on": self._today()})
        self._close_reminders()
        return True

    def action_take_back(self):
        """Sent by mistake, or to be corrected: it is open again, and says so."""
        self._check_may_report()
        self.check_access("write")
        sent = self.filtered(lambda report: report.state == "sent")
        sent._unguarded().write({"state": "computed", "sent_on": False})
        return True

    def action_book(self):
        """The figures as they may leave the hub, in a spreadsheet."""
        self.ensure_one()
        self._check_may_report()
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/programme/report/{self.id}",
            "target": "self",
        }
