from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from .hub_collecting_mixin import COLLECTED

COUNTED = {"year", "company_id", "lang", "origin"}


class HubAnnualReview(models.Model):
    """The participatory review of a year: figures that hold, and the voice of the
    colleges.

    Figures are counted, kept with their definition, their date and the query, and may
    be corrected beside what was counted; earlier years are typed in. Each college
    brings its contribution; members answer, the college is kept and never the person;
    what is proposed becomes something to do. Published, it stays as it is.
    """

    _name = "hub.annual.review"
    _description = "Annual review"
    _inherit = [
        "hub.collecting.mixin",
        "hub.college.validation.mixin",
        "mail.activity.mixin",
    ]
    _order = "year desc, version desc, id desc"
    _check_company_auto = True
    _validation_report = "solidarity_hub.report_annual_review"
    _answer_model = "hub.review.answer"
    _guarded_fields = COLLECTED | {
        "state",
        "version",
        "previous_id",
        "computed_on",
        "queries",
        "threshold",
        "collective_times",
    }

    state = fields.Selection(
        selection=[
            ("draft", "In preparation"),
            ("validated", "Published"),
            ("replaced", "Replaced"),
        ]
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
    )
    origin = fields.Selection(
        [("computed", "Counted by the hub"), ("typed", "Typed in from a report")],
        string="Figures",
        required=True,
        default="computed",
        help="Years before the hub noted its work here are typed in as they were"
        " published then.",
    )
    previous_id = fields.Many2one(
        "hub.annual.review",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    base_id = fields.Many2one(
        "hub.annual.review",
        string="Compared with",
        compute="_compute_base_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'validated'),"
        " ('year', '<', year)]",
        help="The published review whose figures are the base of each evolution.",
    )
    introduction = fields.Text(help="Printed before the figures.")
    event_id = fields.Many2one(
        "event.event",
        string="Meeting",
        ondelete="restrict",
        check_company=True,
        domain="[('hub_format', '=', 'review')]",
        help="The participatory review itself: who is invited and who came.",
    )
    computed_on = fields.Datetime(string="Counted on", copy=False, readonly=True)
    queries = fields.Text(
        copy=False,
        readonly=True,
        groups="solidarity_hub.group_hub_coordinator",
        help="What the database was asked, word for word.",
    )
    threshold = fields.Integer(
        string="Smallest group", copy=False, readonly=True, aggregator=None
    )
    collective_times = fields.Integer(
        string="Collective moments that count",
        copy=False,
        readonly=True,
        aggregator=None,
    )
    figure_ids = fields.One2many(
        "hub.review.figure", "review_id", string="Figures of the year", copy=True
    )
    breakdown_ids = fields.One2many(
        "hub.review.breakdown", "review_id", string="Breakdowns", copy=False
    )
    college_line_ids = fields.One2many(
        "hub.review.college", "review_id", string="Colleges", copy=True
    )
    point_ids = fields.One2many(
        "hub.review.point", "review_id", string="Findings and proposals", copy=True
    )
    person_ids = fields.One2many(
        "hub.review.person",
        "review_id",
        string="Who is invited",
        groups="solidarity_hub.group_hub_coordinator",
    )
    set_id = fields.Many2one(
        "hub.indicator.set",
        string="Indicators",
        compute="_compute_of_the_year",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        domain=[("state", "!=", "draft")],
        help="What members are asked, each alone: the set that the colleges validated.",
    )
    evaluation_year_id = fields.Many2one(
        "hub.evaluation.year",
        string="What evaluations show",
        compute="_compute_of_the_year",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'validated'), ('year', '=', year)]",
    )
    self_evaluation_id = fields.Many2one(
        "hub.self.evaluation",
        string="The hub evaluates itself",
        compute="_compute_of_the_year",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'validated'), ('year', '=', year)]",
    )

    _year_plausible = models.Constraint(
        "CHECK(year BETWEEN 1990 AND 2200)", "Write the year with its four digits."
    )
    _once = models.UniqueIndex(
        "(company_id, year, version)",
        "This year has a review already: open it, or prepare a new version of the"
        " published one.",
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.year and self.env._(
                "Participatory review %(year)s", year=str(record.year)
            )

    @api.depends("year", "company_id")
    def _compute_base_id(self):
        for record in self:
            record.base_id = self.search(
                Domain("company_id", "=", record.company_id.id)
                & Domain("state", "=", "validated")
                & Domain("year", "<", record.year),
                order="year desc, version desc",
                limit=1,
            )

    @api.depends("year", "company_id")
    def _compute_of_the_year(self):
        """What the colleges have validated of this year in other places."""
        for record in self:
            known = 1990 <= record.year <= 2200
            hub = record.company_id
            record.set_id = known and self.env["hub.indicator.set"]._current(
                hub, fields.Date.to_date(f"{record.year}-12-31")
            )
            for name in ("evaluation_year_id", "self_evaluation_id"):
                record[name] = record[name].search(
                    Domain("company_id", "=", hub.id)
                    & Domain("year", "=", record.year)
                    & Domain("state", "=", "validated"),
                    limit=1,
                )

    @api.onchange("event_id")
    def _onchange_event_id(self):
        """The meeting of the calendar says on which day it was."""
        if self.event_id.date_begin and not self.validated_on:
            self.validated_on = fields.Datetime.context_timestamp(
                self.with_context(tz=self.company_id._hub_tz()),
                self.event_id.date_begin,
            ).date()

    @api.constrains("base_id", "year")
    def _check_base(self):
        for record in self:
            if record.base_id and record.base_id.year >= record.year:
                raise ValidationError(
                    self.env._(
                        "%(name)s is compared with an earlier year: %(base)s is none.",
                        name=record.display_name,
                        base=record.base_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._add_colleges()
            if not record.previous_id:
                record._count()
        return records

    def write(self, vals):
        result = super().write(vals)
        drafts = self.filtered(lambda record: record.state == "draft")
        if COUNTED & set(vals):
            for record in drafts:
                record._add_colleges()
                record._count()
        elif "base_id" in vals:
            drafts._set_bases()
        return result

    def _add_colleges(self):
        """Every college has its line, whether anybody comes or not."""
        colleges = self.env["hub.college"].search(
            [("company_id", "=", self.company_id.id)]
        )
        missing = colleges - self.college_line_ids.college_id
        strange = self.college_line_ids.filtered(
            lambda line: line.college_id.company_id != self.company_id
        )
        strange.unlink()
        self.college_line_ids = [
            Command.create({"college_id": college.id}) for college in missing
        ]

    def _frozen_fields(self):
        return (
            super()._frozen_fields()
            | COLLECTED
            | COUNTED
            | {
                "base_id",
                "introduction",
                "event_id",
                "computed_on",
                "queries",
                "threshold",
                "collective_times",
                "figure_ids",
                "breakdown_ids",
                "college_line_ids",
                "person_ids",
                "set_id",
                "evaluation_year_id",
                "self_evaluation_id",
            }
        )
