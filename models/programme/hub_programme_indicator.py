from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MOMENTS = [
    ("entry", "On entering"),
    ("exit", "On leaving"),
    ("plus_6", "Six months after leaving"),
]
# What a condition may ask about: facts as they were noted, nothing derived from a name.
FACTS = {
    "age_band",
    "benefit",
    "disability",
    "education",
    "household",
    "housing",
    "months_unemployed",
    "origin",
    "status",
    "zone",
}


class HubProgrammeIndicator(models.Model):
    """A figure that a funder asks for under a code, and who is counted in it.

    Codes are data: a condition on the facts noted with each person (the situation at
    entry, at exit, six months later). What no fact tells is typed in the report.
    """

    _name = "hub.programme.indicator"
    _description = "Indicator of a programme"
    _order = "scheme, sequence, code, id"
    _rec_names_search = ["code", "name"]

    scheme = fields.Char(
        required=True, default="ESF+", help="Whose list of indicators it is."
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    moment = fields.Selection(
        MOMENTS,
        string="Counted",
        required=True,
        default="entry",
        help="People who enter, or leave, in the period of the report; or whose six"
        " months after leaving are over in it.",
    )
    subject = fields.Selection(
        [("person", "Persons"), ("organisation", "Organisations")],
        string="Of whom",
        required=True,
        default="person",
    )
    breakdown = fields.Char(
        help="Indicators with the same word here exclude each other: nobody is counted"
        " in two of them. Used to keep small groups hidden.",
    )
    entry_condition = fields.Char(
        string="Situation at entry",
        help="Empty: whatever it was. Example: [('status', '=', 'job_seeker')]",
    )
    condition = fields.Char(
        string="Situation then", help="On leaving, or six months later."
    )
    is_typed = fields.Boolean(
        string="Typed in", help="No fact that the hub notes tells it."
    )
    note = fields.Text(string="How it is counted", translate=True)

    _code_uniq = models.UniqueIndex(
        "(scheme, code)", "An indicator of this code is there already."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for indicator in self:
            indicator.display_name = f"{indicator.code or ''} {indicator.name or ''}"

    @api.constrains("condition", "entry_condition", "moment", "subject")
    def _check_conditions(self):
        for indicator in self:
            for name in ("entry_condition", "condition"):
                indicator._parse(name)
            if indicator.moment == "entry" and indicator.condition:
                raise ValidationError(
                    self.env._(
                        "%(indicator)s is counted on entering: write its condition as"
                        " the situation at entry.",
                        indicator=indicator.display_name,
                    )
                )

    def _parse(self, name):
        """The condition as a domain; only noted facts, each by itself."""
        self.ensure_one()
        text = (self[name] or "").strip()
        if not text:
            return Domain.TRUE
        try:
            domain = Domain(literal_eval(text))
            facts = {leaf.field_expr for leaf in domain.iter_conditions()}
            if facts - FACTS:
                raise ValueError(", ".join(sorted(facts - FACTS)))
            domain.validate(self.env["hub.situation"])
        except (ValueError, SyntaxError, TypeError, RecursionError) as error:
            raise ValidationError(
                self.env._(
                    "%(indicator)s: “%(text)s” is no condition on what is noted of a"
                    " situation (%(why)s). Write for example"
                    " [('status', '=', 'job_seeker')]; facts are: %(facts)s.",
                    indicator=self.display_name,
                    text=text,
                    why=str(error),
                    facts=", ".join(sorted(FACTS)),
                )
            ) from None
        return domain

    def _tells(self, people, situations):
        """Who of these is counted.

        :param people: rows of ``hub.programme._people``
        :param situations: all the situations of these people
        """
        self.ensure_one()
        if self.subject == "organisation":
            return [person for person in people if person.is_organisation]
        people = [person for person in people if not person.is_organisation]
        for name, moment in (("entry_condition", "entry"), ("condition", self.moment)):
            domain = self._parse(name)
            if not domain.is_true():
                found = set(situations.filtered_domain(domain).ids)
                people = [p for p in people if p.situations.get(moment) in found]
        return people
