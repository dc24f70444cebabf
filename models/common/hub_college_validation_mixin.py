from odoo import api, fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date
from .hub_frozen_mixin import GUARDED


class HubCollegeValidationMixin(models.AbstractModel):
    """What the colleges validated together, on one day, in their own words.

    From then on it stays as it was; what comes later is a new version.
    """

    _name = "hub.college.validation.mixin"
    _description = "Validated by the colleges"
    _inherit = ["hub.guard.mixin", "mail.thread", "hub.frozen.mixin"]
    _guarded_fields = frozenset({"state", "version", "previous_id"})

    # Name of the report that shows it, kept as a file once validated.
    _validation_report = None

    version = fields.Integer(default=1, copy=False, readonly=True)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("validated", "Validated"),
            ("replaced", "Replaced"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        tracking=True,
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="Written and printed in this language.",
    )
    validated_on = fields.Date(string="Meeting of", copy=False, tracking=True)
    place = fields.Char(copy=False)
    college_ids = fields.Many2many(
        "hub.college", string="Colleges present", copy=False, check_company=True
    )
    words = fields.Text(
        string="What was said",
        copy=False,
        help="In the words of the meeting: what was discussed, changed, decided.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    def action_validate(self):
        """The colleges present agree: from here on it stays as it is."""
        self.check_access("write")
        for record in self:
            record._check_transition_to_validated()
            record._unguarded().state = "validated"
            record._unguarded().previous_id.filtered(
                lambda one: one.state == "validated"
            )._unguarded().state = "replaced"
            record._freeze()
            if record._validation_report:
                record._keep_frozen_pdf(record._validation_report)

    def action_new_version(self):
        """Prepare what comes after: it starts from this one."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "draft":
            raise UserError(
                self.env._(
                    "%(name)s is still in preparation: change it as it is.",
                    name=self.display_name,
                )
            )
        later = self.search([("previous_id", "=", self.id)], limit=1)
        return (later or self._next_version())._get_records_action()

    def _next_version(self):
        return self._unguarded().copy(
            {"version": self.version + 1, "previous_id": self.id}
        )

    def _check_transition_to_validated(self):
        missing = [what for done, what in self._validation_requirements() if not done]
        if missing:
            raise UserError(
                self.env._(
                    "%(name)s cannot be validated yet. Still missing: %(missing)s.",
                    name=self.display_name,
                    missing="; ".join(missing),
                )
            )

    def _validation_requirements(self):
        """``[(fulfilled, what)]``; models add what they need."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        held = self.validated_on and self.validated_on <= today
        return [
            (self.state == "draft", self.env._("a version in preparation")),
            (bool(held), self.env._("the day of the meeting, already held")),
            (bool(self.college_ids), self.env._("the colleges that were there")),
        ]

    def action_print(self):
        """Print it in its own language."""
        return self.env.ref(self._validation_report).report_action(self)

    def _file_name(self):
        self.ensure_one()
        return f"{self._print_name()} v{self.version}".replace("/", "-")

    def _print_name(self):
        """Its name without the version."""
        return self.display_name

    def _hub_print_lang(self):
        self.ensure_one()
        return self.lang

    def _frozen_fields(self):
        return {
            "lang",
            "version",
            "validated_on",
            "place",
            "college_ids",
            "words",
            "company_id",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen(dict.fromkeys(self._frozen_fields()))

    def _check_not_frozen(self, vals):
        if (self._frozen_fields() | GUARDED) & set(vals):
            for record in self.filtered("frozen_on"):
                raise UserError(
                    self.env._(
                        "%(name)s was validated by the colleges and stays as it is."
                        " Prepare a new version.",
                        name=record.display_name,
                    )
                )
        return super()._check_not_frozen(vals)

    def _validation_payload(self):
        """When and by whom it was validated."""
        return {
            "hub": self.company_id.name,
            "version": self.version,
            "validated_on": self.validated_on,
            "place": self.place or "",
            "colleges": self.with_context(lang=self.lang).college_ids.mapped("name"),
            "words": self.words or "",
        }

    def _print_reference(self):
        parts = [
            self._print_name(),
            self.env._("version %(version)s", version=self.version),
            self.company_id.name,
            self.frozen_hash and f"SHA-256 {self.frozen_hash}",
        ]
        return " · ".join(filter(None, parts))

    def _print_validation(self):
        """Who validated it, when and where."""
        if self.state == "draft":
            return self.env._("In preparation: not validated by the colleges yet.")
        where = self.place and self.env._("place: %(place)s", place=self.place)
        said = self.env._(
            "Validated on %(date)s by the colleges present: %(colleges)s",
            date=long_date(self.env, self.validated_on),
            colleges=", ".join(self.college_ids.mapped("name")),
        )
        return ", ".join(filter(None, [said, where])) + "."
