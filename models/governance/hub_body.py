from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

# Who reads more of a body than the own convocation.
READERS = ",".join(
    f"solidarity_hub.group_hub_{name}" for name in ("adviser", "board", "finance")
)
KINDS = [
    ("assembly", "General assembly"),
    ("board", "Board"),
    ("bureau", "Bureau"),
    ("committee", "Committee"),
]
# What most statutes say, to start from.
USUAL = {
    "assembly": {
        "membership": "everyone_of_college",
        "notice_days": 15,
        "proxies_per_person": 2,
        "second_call_days": 15,
    },
    "board": {"membership": "mandate", "notice_days": 8, "quorum": "1/2"},
    "bureau": {"membership": "mandate", "notice_days": 3, "proxies_per_person": 0},
    "committee": {"membership": "mandate", "notice_days": 5, "proxies_per_person": 0},
}


class HubBody(models.Model):
    """A body that decides: general assembly, board, bureau, committee.

    Its rules are copied to each meeting when it is convened: changing them later
    changes no past result.
    """

    _name = "hub.body"
    _description = "Body"
    _inherit = ["hub.meeting.rules.mixin", "hub.team.thread.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="board")
    sequence = fields.Integer(default=10)
    membership = fields.Selection(
        [
            ("mandate", "By mandate"),
            ("everyone_of_college", "Everybody of the colleges"),
        ],
        string="Members",
        required=True,
        default="mandate",
        help="By mandate: people elected or appointed from one date to another.\n"
        "Everybody of the colleges: whoever has the role on the day of the meeting;"
        " no mandate is needed.",
    )
    term_months = fields.Integer(
        string="Length of a mandate (months)",
        default=36,
        help="Proposed for a new mandate. 0: no end.",
    )
    college_ids = fields.One2many(
        "hub.body.college",
        "body_id",
        copy=True,
        default=lambda self: self._default_college_ids(),
    )
    mandate_ids = fields.One2many("hub.mandate", "body_id", groups=READERS)
    meeting_ids = fields.One2many("hub.meeting", "body_id")
    meeting_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    member_count = fields.Integer(
        string="Members today", compute="_compute_counts", compute_sudo=True
    )
    warnings = fields.Html(
        compute="_compute_warnings", compute_sudo=True, sanitize=False
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _term_positive = models.Constraint(
        "CHECK(term_months >= 0)", "The length of a mandate cannot be negative."
    )

    @api.model
    def _default_college_ids(self):
        colleges = self.env["hub.college"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return [
            Command.create({"college_id": college.id, "sequence": college.sequence})
            for college in colleges
        ]

    @api.onchange("kind")
    def _onchange_kind(self):
        """A new body begins with what most statutes say."""
        if not self._origin:
            defaults = self.default_get(list({n for v in USUAL.values() for n in v}))
            self.update({"quorum": False, **defaults, **USUAL[self.kind]})
            if not self.name:
                labels = dict(self._fields["kind"]._description_selection(self.env))
                self.name = labels[self.kind]

    def _compute_counts(self):
        meetings = dict(
            self.env["hub.meeting"]._read_group(
                [("body_id", "in", self.ids)], ["body_id"], ["__count"]
            )
        )
        seats = self._seats_on(fields.Date.context_today(self))
        for body in self:
            body.meeting_count = meetings.get(body._origin, 0)
            body.member_count = len(seats.get(body._origin, ()))

    @api.depends_context("lang")
    @api.depends(
        "membership",
        "method",
        "college_ids.weight",
        "college_ids.seats_min",
        "college_ids.seats_max",
        "mandate_ids.date_start",
        "mandate_ids.date_end",
        "company_id.hub_is_scic",
    )
    def _compute_warnings(self):
        for body in self:
            lines = [
                *body._seat_warnings(),
                *body._ending_warnings(),
                *body._weight_warnings(),
            ]
            body.warnings = lines and Markup("<ul class='mb-0'>%s</ul>") % Markup(
                ""
            ).join(Markup("<li>%s</li>") % line for line in lines)

    def _seat_warnings(self):
        return [words for line in self.college_ids for words in line._vacancy_words()]

    def _ending_warnings(self):
        ending = self.mandate_ids.filtered("is_ending")
        if not ending:
            return []
        names = ", ".join(ending.partner_id.mapped("display_name"))
        return [self.env._("Mandates that end within three months: %s", names)]

    def _weight_warnings(self):
        """A SCIC has at least three colleges of 10 to 50 % of the votes each."""
        if not self.company_id.sudo().hub_is_scic or self.method == "heads":
            return []
        said = [words for line in self.college_ids for words in line._weight_words()]
        if len(self.college_ids) < 3:
            said.append(self.env._("In a SCIC at least three colleges vote."))
        return said

    @api.constrains("membership")
    def _check_membership(self):
        for body in self.filtered(lambda b: b.membership != "mandate"):
            if body.mandate_ids:
                raise ValidationError(
                    self.env._(
                        "%(body)s has mandates: it cannot become an assembly of"
                        " everybody. Create another body.",
                        body=body.display_name,
                    )
                )

    def action_meetings(self):
        """The meetings of this body."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "solidarity_hub.action_hub_meeting"
        )
        return action | {
            "domain": [("body_id", "=", self.id)],
            "context": {"default_body_id": self.id},
            "path": False,
        }

    def action_mandates(self):
        """The mandates of this body, past ones too."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "solidarity_hub.action_hub_mandate"
        )
        return action | {
            "domain": [("body_id", "=", self.id)],
            "context": {"default_body_id": self.id},
            "path": False,
        }

    @api.model
    def _hub_domain_for(self, partner):
        """Bodies in which this person sits today; assemblies to which he or she was
        convened."""
        sits = self.env["hub.mandate"]._domain_seat_of(partner)
        everybody = Domain("membership", "=", "everyone_of_college")
        return Domain("mandate_ids", "any!", sits) | (
            everybody & self._domain_of_convocations(partner)
        )

    @api.model
    def _domain_of_convocations(self, partner):
        """Bodies to a meeting of which this person was convened."""
        convened = self.env["hub.meeting"]._domain_convened(partner)
        return Domain("meeting_ids", "any!", convened)
