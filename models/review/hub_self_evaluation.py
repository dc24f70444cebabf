from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

COLLECTING = [
    ("before", "Not asked yet"),
    ("open", "Answers come in"),
    ("closed", "Answers are in"),
]


class HubSelfEvaluation(models.Model):
    """The hub looks at itself, once a year: several people of the team and of the
    colleges answer the same questions, each alone and without a name; then they agree
    together on values and words."""

    _name = "hub.self.evaluation"
    _description = "Self-evaluation of the hub"
    _inherit = ["hub.college.validation.mixin"]
    _order = "year desc, version desc, id desc"
    _check_company_auto = True
    _validation_report = "solidarity_hub.report_self_evaluation"
    _guarded_fields = frozenset(
        {"state", "version", "previous_id", "collecting", "closed_on", "answer_count"}
    )

    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    previous_id = fields.Many2one(
        "hub.self.evaluation",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    collecting = fields.Selection(
        COLLECTING,
        string="Answers",
        required=True,
        readonly=True,
        default="before",
        copy=False,
        tracking=True,
    )
    closed_on = fields.Date(string="Answers closed on", copy=False, readonly=True)
    line_ids = fields.One2many(
        "hub.self.evaluation.line",
        "evaluation_id",
        string="Questions",
        copy=True,
        default=lambda self: self._default_line_ids(),
    )
    person_ids = fields.One2many(
        "hub.self.evaluation.person",
        "evaluation_id",
        string="Who is asked",
        groups="solidarity_hub.group_hub_coordinator",
    )
    asked_count = fields.Integer(
        string="Asked", compute="_compute_asked_count", compute_sudo=True
    )
    answer_count = fields.Integer(
        string="Answered",
        copy=False,
        readonly=True,
        aggregator=None,
        help="How many people have answered; who they are is not kept with what they"
        " said.",
    )

    _year_plausible = models.Constraint(
        "CHECK(year BETWEEN 1990 AND 2200)", "Write the year with its four digits."
    )
    _once = models.UniqueIndex(
        "(company_id, year, version)",
        "The hub has a self-evaluation of this year already: open it, or prepare a new"
        " version of the validated one.",
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.year and self.env._(
                "Self-evaluation %(year)s", year=str(record.year)
            )

    @api.depends("person_ids")
    def _compute_asked_count(self):
        for record in self:
            record.asked_count = len(record.person_ids)

    @api.model
    def _default_line_ids(self):
        """What a hub asks itself."""
        questions = self.env["hub.indicator"].search(Domain("target", "=", "hub"))
        return [
            Command.create({"indicator_id": question.id, "sequence": number})
            for number, question in enumerate(questions, start=1)
        ]

    def action_open(self):
        """Ask everybody who was chosen."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not self.person_ids:
            raise UserError(
                self.env._(
                    "%(name)s: choose who is asked first, people of the team and of"
                    " the colleges.",
                    name=self.display_name,
                )
            )
        self._unguarded().collecting = "open"
        return self.person_ids._ask()

    def action_close(self):
        """Enough have answered: the answers are counted and shown."""
        self.check_access("write")
        for record in self:
            record._check_open()
            record._unguarded().write(
                {
                    "collecting": "closed",
                    "closed_on": fields.Date.context_today(record),
                }
            )

    def action_sheet(self):
        """Type in a sheet that somebody filled in on paper, without a name."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A sheet on paper"),
            "res_model": "hub.self.evaluation.sheet",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def _check_open(self):
        self.ensure_one()
        if self.state != "draft" or self.collecting == "closed":
            raise UserError(
                self.env._(
                    "%(name)s: the answers are in, nothing is added any more.",
                    name=self.display_name,
                )
            )

    def _take_answers(self, values):
        """Keep one person's answers, without the person.

        :param values: ``{line id: value}``
        """
        self.ensure_one()
        self._check_open()
        rows = []
        for line in self.line_ids:
            value = line.indicator_id._read_value(values.get(line.id))
            if value:
                rows.append({"line_id": line.id, "value": value})
        if not rows:
            raise UserError(
                self.env._("Nothing was filled in: answer at least one question.")
            )
        self.env["hub.self.evaluation.answer"].sudo().create(rows)
        self.sudo().answer_count += 1

    def _shows_answers(self):
        """Answers of a few people are not shown: who said what would be guessed."""
        self.ensure_one()
        enough = self.answer_count >= self.company_id.hub_small_group
        return self.collecting == "closed" and enough

    def _validation_requirements(self):
        silent = self.line_ids.filtered(
            lambda line: not line.agreed_value and not line.comment
        )
        told = self.env._(
            "a value or words for: %(questions)s",
            questions=", ".join(silent.indicator_id.mapped("name")),
        )
        return [
            *super()._validation_requirements(),
            (bool(self.line_ids) and not silent, told),
        ]

    def _frozen_fields(self):
        return super()._frozen_fields() | {
            "year",
            "collecting",
            "closed_on",
            "line_ids",
            "person_ids",
            "answer_count",
        }

    def _frozen_payload(self):
        self.ensure_one()
        record = self.with_context(lang=self.lang)
        return {
            **record._validation_payload(),
            "year": record.year,
            "asked": record.asked_count,
            "answered": record.answer_count,
            "questions": [line._frozen_values() for line in record.line_ids],
        }

    def _is_blank(self):
        """Nothing was said yet: a sheet to fill in by hand is printed."""
        self.ensure_one()
        told = self.line_ids.filtered(lambda line: line.agreed_value or line.comment)
        return self.collecting != "closed" and not told

    def _print_subtitle(self):
        if self._is_blank():
            return self.env._("How do we do? Each one answers alone, without a name.")
        return self.env._(
            "%(answered)s people have answered, without their names; what stands under"
            " “Together” was agreed in the meeting.",
            answered=self.answer_count,
        )
