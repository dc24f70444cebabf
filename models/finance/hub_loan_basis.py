from odoo import api, fields, models
from odoo.fields import Domain

KINDS = [
    ("own_resources", "L511-6 1°: own resources, social reasons"),
    ("habilitated", "L511-6 5°: habilitated by the ACPR"),
    ("inter_association", "Between associations"),
    ("other", "Other"),
]
RATE_RULES = [
    ("any", "Any rate"),
    ("zero", "Without interest only"),
    ("positive", "With interest only"),
]
# Of the usual bases, in their order: since when, caps of a borrower and of an
# enterprise (0: none), months at most, rate.
USUAL_LIMITS = [
    [("2014-10-01", 0, 0, 0, "any")],
    [
        ("2014-10-01", 10000, 10000, 60, "positive"),
        ("2016-01-01", 12000, 12000, 60, "positive"),
        ("2024-12-06", 17000, 17000, 60, "positive"),
    ],
    [("2022-02-05", 8000, 0, 84, "positive")],
    [("2021-07-03", 0, 0, 23, "zero")],
    [],
]


class HubLoanBasis(models.Model):
    """What allows an association to lend, with the limits that the law sets by date.

    The limits are settings: laws change, and whoever lends checks them.
    """

    _name = "hub.loan.basis"
    _description = "Legal basis of loans"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, default="other")
    note = fields.Html(string="What to know", translate=True)
    rule_ids = fields.One2many("hub.loan.basis.rule", "basis_id", string="Limits")
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    turn = fields.Integer(
        copy=False,
        readonly=True,
        help="Moves with each approval: two at once are counted one after the other.",
    )

    def _rule_on(self, day):
        """The limits in force on a day: those that began last."""
        self.ensure_one()
        return self.rule_ids.filtered(lambda rule: rule.date_start <= day).sorted(
            "date_start", reverse=True
        )[:1]

    def _take_turn(self):
        """Whoever counts what a borrower owes now is counted before the next one."""
        for basis in self.sudo().sorted("id"):
            basis.turn += 1
        self.sudo().flush_recordset(["turn"])

    # ------------------------------------------------------------
    # A loan against the limits
    # ------------------------------------------------------------

    def _problem_of(self, loan, day):
        """What the law has against this loan on a day, in a sentence; else None."""
        self.ensure_one()
        rule = self._rule_on(day)
        if not rule:
            return None
        return (
            rule._rate_problem(loan)
            or rule._term_problem(loan)
            or rule._cap_problem(
                loan,
                rule.cap_borrower,
                Domain("partner_id", "=", loan.partner_id.id),
                loan.partner_id.display_name,
            )
            or rule._cap_problem(loan, rule.cap_enterprise, *self._enterprise_of(loan))
        )

    def _enterprise_of(self, loan):
        """The enterprise that borrows: its project, else its organisation."""
        if loan.lead_id:
            domain = Domain("lead_id", "=", loan.lead_id.id)
            return domain, loan.sudo().lead_id.display_name
        partner = loan.partner_id.commercial_partner_id
        domain = Domain("partner_id.commercial_partner_id", "=", partner.id)
        return domain, partner.display_name

    # ------------------------------------------------------------
    # The bases that each hub starts with
    # ------------------------------------------------------------

    @api.model
    def _set_up(self, companies):
        """The usual bases, for each hub that has none yet."""
        bases = self.sudo().with_context(active_test=False)
        for company in companies:
            if not bases.search_count([("company_id", "=", company.id)], limit=1):
                self._create_usual(company)

    @api.model
    def _create_usual(self, company):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        usual = self.with_context(lang="en_US")._usual_vals()
        bases = self.sudo().create([{**v, "company_id": company.id} for v in usual])
        for code in languages:
            translated = self.with_context(lang=code)
            for basis, vals in zip(bases, translated._usual_vals(), strict=True):
                shown = basis.with_context(lang=code)
                shown.write({"name": vals["name"], "note": vals["note"]})

    @api.model
    def _usual_vals(self):
        return [
            {
                "sequence": 10 * number,
                "kind": kind,
                "name": name,
                "note": note,
                "rule_ids": self._rules(*USUAL_LIMITS[number - 1]),
            }
            for number, (kind, name, note) in enumerate(self._usual_words(), start=1)
        ]

    @api.model
    def _usual_words(self):
        check = self.env._("Check the limits on Legifrance before you rely on them.")
        own = self.env._(
            "Loans on preferential terms to those whom the association is there for,"
            " from its own resources. Usual for a loan of honour."
        )
        between = self.env._(
            "Without interest and for less than two years, between associations with"
            " close links. %(check)s",
            check=check,
        )
        return [
            (
                "own_resources",
                self.env._("Own resources, social reasons (L511-6 1°)"),
                own,
            ),
            ("habilitated", self.env._("Habilitated: enterprises (L511-6 5°)"), check),
            (
                "habilitated",
                self.env._("Habilitated: personal projects (L511-6 5°)"),
                check,
            ),
            (
                "inter_association",
                self.env._("Between associations (L511-6 1° bis)"),
                between,
            ),
            ("other", self.env._("Other legal basis"), False),
        ]

    @api.model
    def _rules(self, *rows):
        names = (
            "date_start",
            "cap_borrower",
            "cap_enterprise",
            "months_max",
            "rate_rule",
        )
        return [
            fields.Command.create(dict(zip(names, row, strict=True))) for row in rows
        ]
