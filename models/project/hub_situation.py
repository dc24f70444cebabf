from odoo import api, fields, models

DECLINED = ("declined", "Does not wish to answer")


class HubSituation(models.Model):
    """Where a holder stands at entry, at exit and later: for advisers only.

    Nothing is required, and each sensitive question may be declined: funders ask these
    figures, people decide whether to answer.
    """

    _name = "hub.situation"
    _description = "Situation of a holder"
    _check_company_auto = True
    _order = "date desc, id desc"

    holder_id = fields.Many2one(
        "hub.project.holder", required=True, index=True, ondelete="cascade"
    )
    lead_id = fields.Many2one(
        related="holder_id.lead_id",
        string="Project",
        store=True,
        precompute=True,
        index=True,
    )
    partner_id = fields.Many2one(
        related="holder_id.partner_id", string="Person", store=True, index=True
    )
    company_id = fields.Many2one(
        related="holder_id.company_id", store=True, precompute=True, index=True
    )
    moment = fields.Selection(
        [
            ("entry", "At entry"),
            ("exit", "At exit"),
            ("plus_6", "Six months after exit"),
            ("follow_up", "Follow-up"),
        ],
        required=True,
        default="entry",
    )
    date = fields.Date(
        string="Noted on", required=True, default=fields.Date.context_today
    )
    status = fields.Selection(
        [
            ("job_seeker", "Job seeker"),
            ("employee", "Employee"),
            ("self_employed", "Self-employed"),
            ("student", "Student or trainee"),
            ("retired", "Retired"),
            ("inactive", "Neither working nor looking for work"),
            DECLINED,
        ],
        string="Professional status",
    )
    months_unemployed = fields.Integer(string="Months without work")
    education = fields.Selection(
        [
            ("isced_0_2", "Up to lower secondary"),
            ("isced_3_4", "Upper secondary or vocational"),
            ("isced_5_8", "Higher education"),
            DECLINED,
        ],
        string="Level of education",
    )
    zone = fields.Selection(
        [
            ("none", "None in particular"),
            ("city_priority", "Priority neighbourhood"),
            ("rural", "Rural zone"),
            ("city_and_rural", "Both"),
            DECLINED,
        ],
        string="Zone of residence",
    )
    benefit = fields.Selection(
        [
            ("none", "None"),
            ("minimum_income", "Minimum income"),
            ("unemployment", "Unemployment benefit"),
            ("disability", "Disability allowance"),
            ("other", "Other benefit"),
            DECLINED,
        ],
        string="Benefits received",
    )
    disability = fields.Selection(
        [("yes", "Yes"), ("no", "No"), DECLINED], string="Recognised disability"
    )
    origin = fields.Selection(
        [
            ("eu", "European Union"),
            ("third_country", "Other country"),
            ("stateless", "Stateless"),
            DECLINED,
        ],
        string="Nationality",
    )
    housing = fields.Selection(
        [
            ("stable", "Stable housing"),
            ("precarious", "Precarious housing"),
            ("homeless", "No housing"),
            DECLINED,
        ]
    )
    household = fields.Selection(
        [
            ("alone", "Lives alone"),
            ("single_parent", "Single parent"),
            ("couple", "Couple without children"),
            ("family", "Couple with children"),
            ("other", "Other household"),
            DECLINED,
        ]
    )

    _months_positive = models.Constraint(
        "CHECK(months_unemployed >= 0)", "Months without work are never negative."
    )
    _holder_moment_uniq = models.UniqueIndex(
        "(holder_id, moment) WHERE moment != 'follow_up'",
        "The situation at entry, at exit and six months after is noted once per holder:"
        " complete the line that is there.",
    )

    @api.depends("moment", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["moment"]._description_selection(self.env))
        for situation in self:
            moment = labels.get(situation.moment, "")
            situation.display_name = self.env._(
                "%(who)s: %(what)s",
                who=situation.partner_id.display_name,
                what=moment,
            )
