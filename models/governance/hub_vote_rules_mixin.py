from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.ballot_words import read_part

METHODS = [
    ("heads", "By heads"),
    ("college_proportional", "By college, in proportion"),
    ("college_block", "By college, as a block"),
]
BASES = [
    ("expressed", "Votes cast for or against"),
    ("present_represented", "Present and represented"),
    ("entitled", "All those entitled"),
]
EMPTY_COLLEGES = [
    ("drop", "Its weight is left out"),
    ("keep", "Its weight stays in the total"),
]
VOTE_RULES = ("method", "threshold", "base", "empty_college")


class HubVoteRulesMixin(models.AbstractModel):
    """How votes are counted: a body proposes it, a resolution decides it."""

    _name = "hub.vote.rules.mixin"
    _description = "Rules of a vote"

    method = fields.Selection(
        METHODS,
        string="Counted",
        required=True,
        default="heads",
        help="By heads: one person, one vote.\n"
        "By college, in proportion: each side gets its part of the weight of the"
        " college.\n"
        "By college, as a block: the larger side of a college gets all of its weight;"
        " equal sides get half each.",
    )
    threshold = fields.Char(
        string="Majority",
        required=True,
        default="1/2",
        help="Part that must be for: 1/2, 2/3, 75 %. Up to one half it must be more"
        " than this part; beyond that, at least this part.",
    )
    base = fields.Selection(
        BASES,
        string="Of",
        required=True,
        default="expressed",
        help="Abstentions and blank papers are not votes cast for or against.",
    )
    empty_college = fields.Selection(
        EMPTY_COLLEGES,
        string="College without a vote",
        required=True,
        default="drop",
        help="What becomes of the weight of a college of which nobody is for or"
        " against.",
    )
    vote_words = fields.Char(string="How it is decided", compute="_compute_vote_words")

    @api.depends(*VOTE_RULES)
    @api.depends_context("lang")
    def _compute_vote_words(self):
        for record in self:
            record.vote_words = record._vote_rule_words()

    @api.constrains("threshold")
    def _check_threshold(self):
        for record in self:
            if not record._read_part("threshold"):
                record._raise_part("threshold")

    def _read_part(self, name):
        """The exact part behind one of these fields; None where it is empty."""
        self.ensure_one()
        try:
            return read_part(self[name])
        except ValueError:
            self._raise_part(name)

    def _raise_part(self, name):
        raise ValidationError(
            self.env._(
                "%(record)s: “%(field)s” is a part of the whole, such as 1/2, 2/3 or"
                " 75 %%; “%(value)s” is not.",
                record=self.display_name or self._description,
                field=self._fields[name]._description_string(self.env),
                value=self[name] or "",
            )
        )

    def _vote_rule_words(self):
        """“More than half of the votes cast for or against, each person one vote.”"""
        self.ensure_one()
        return f"{self._threshold_words()}, {self._method_words()}"

    def _threshold_words(self):
        try:
            part = read_part(self.threshold)
        except ValueError:
            part = None
        if part is None:
            return ""
        base = self._base_words()
        if part * 2 == 1:
            return self.env._("more than half %(of_base)s", of_base=base)
        words = {"part": self.threshold.strip(), "of_base": base}
        if part * 2 < 1:
            return self.env._("more than %(part)s %(of_base)s", **words)
        return self.env._("at least %(part)s %(of_base)s", **words)

    def _base_words(self):
        return {
            "expressed": self.env._("of the votes cast for or against"),
            "present_represented": self.env._("of those present or represented"),
            "entitled": self.env._("of all those entitled to vote"),
        }[self.base]

    def _method_words(self):
        return {
            "heads": self.env._("each person one vote"),
            "college_proportional": self.env._(
                "each college by its weight, in proportion to its votes"
            ),
            "college_block": self.env._("each college as a block, by its weight"),
        }[self.method]
