from fractions import Fraction
from functools import reduce

from odoo import api, fields, models
from odoo.tools import formatLang

from ...tools import ballot
from ...tools.ballot_words import percent, read_part


class HubResolution(models.Model):
    """The result in one sentence with the numbers behind it, in any language."""

    _inherit = "hub.resolution"

    explanation = fields.Char(string="In a sentence", compute="_compute_explanation")

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for resolution in self:
            resolution.explanation = resolution._explain()

    def _explain(self):
        """“Adopted: 9 for, 4 against, one abstention; 69.23% of the votes cast are for,
        more than half needed; quorum reached (14 of 15, 8 needed).”"""
        self.ensure_one()
        figures = self.figures
        if not figures:
            return ""
        if figures["unanimous"] and figures["adopted"]:
            verdict = self.env._("Adopted unanimously")
        elif figures["adopted"]:
            verdict = self.env._("Adopted")
        else:
            verdict = self.env._("Rejected")
        clauses = [
            self._vote_clause(figures),
            self._share_clause(figures),
            self._reason_clause(figures),
            *(self._quorum_clause(asked) for asked in figures["quorums"]),
            self._left_clause(figures),
        ]
        return self.env._(
            "%(verdict)s: %(clauses)s.",
            verdict=verdict,
            clauses=reduce(self._after, filter(None, clauses)),
        )

    def _after(self, before, after):
        return self.env._("%(before)s; %(after)s", before=before, after=after)

    def _vote_clause(self, figures):
        votes = self.env._(
            "%(votes_for)s for, %(votes_against)s against",
            votes_for=figures["for"],
            votes_against=figures["against"],
        )
        return ", ".join([votes, *self._other_votes(figures)])

    def _other_votes(self, figures):
        """Abstentions, and blank papers where there are any."""
        if not figures["abstain"]:
            yield self.env._("no abstention")
        elif figures["abstain"] == 1:
            yield self.env._("one abstention")
        else:
            yield self.env._("%s abstentions", figures["abstain"])
        if figures["blank"] == 1:
            yield self.env._("one blank or void")
        elif figures["blank"]:
            yield self.env._("%s blank or void", figures["blank"])

    def _share_clause(self, figures):
        """What part is for, and what was needed; left out where it decides nothing."""
        if figures["reason"] in (ballot.NO_VOTE, ballot.NO_QUORUM):
            return ""
        if figures["unanimous"] and figures["base"] != "entitled":
            return ""
        needed = self._needed_words(figures)
        if not figures["share_for"]:
            return self.env._(
                "secret vote, counted by the weight of the colleges, %(needed)s",
                needed=needed,
            )
        share = self._percent(figures["share_for"], figures["threshold"])
        words = {"share": share, "needed": needed}
        if figures["method"] == "college_block":
            return self.env._(
                "counting each college as a block by its weight, %(share)s for,"
                " %(needed)s",
                **words,
            )
        if figures["method"] == "college_proportional":
            return self.env._(
                "counting each college by its weight in proportion to its votes,"
                " %(share)s for, %(needed)s",
                **words,
            )
        if figures["base"] == "entitled":
            return self.env._(
                "%(share)s of all those entitled are for, %(needed)s", **words
            )
        if figures["base"] == "present_represented":
            return self.env._(
                "%(share)s of those present or represented are for, %(needed)s", **words
            )
        return self.env._(
            "%(share)s of the votes cast for or against are for, %(needed)s", **words
        )

    def _needed_words(self, figures):
        if read_part(figures["threshold"]) == Fraction(1, 2):
            return self.env._("more than half needed")
        if figures["strict"]:
            return self.env._("more than %s needed", figures["threshold"])
        return self.env._("at least %s needed", figures["threshold"])

    def _percent(self, share, threshold=None):
        """“48.63%”, never looking like a limit that it is not."""
        limit = read_part(threshold)
        number, decimals = percent(Fraction(share), limit)
        return self.env._(
            "%(number)s%%",
            number=formatLang(self.env, float(number), digits=decimals),
        )

    def _reason_clause(self, figures):
        return {
            ballot.TIE: self.env._("exactly half is not enough"),
            ballot.CASTING_FOR: self.env._("the casting vote of the chair is for"),
            ballot.CASTING_AGAINST: self.env._(
                "the casting vote of the chair is against"
            ),
            ballot.NO_VOTE: self.env._("nobody is for or against"),
            ballot.NO_QUORUM: self.env._("without the quorum nothing is decided"),
        }.get(figures["reason"])

    def _quorum_clause(self, asked):
        words = {
            "name": asked["name"],
            "there": asked["there"],
            "entitled": asked["entitled"],
            "needed": asked["needed"],
        }
        if asked["name"] and asked["reached"]:
            return self.env._(
                "%(name)s: quorum reached (%(there)s of %(entitled)s, %(needed)s"
                " needed)",
                **words,
            )
        if asked["name"]:
            return self.env._(
                "%(name)s: quorum not reached (%(there)s of %(entitled)s, %(needed)s"
                " needed)",
                **words,
            )
        if asked["reached"]:
            return self.env._(
                "quorum reached (%(there)s of %(entitled)s, %(needed)s needed)", **words
            )
        return self.env._(
            "quorum not reached (%(there)s of %(entitled)s, %(needed)s needed)", **words
        )

    def _left_clause(self, figures):
        if not figures["left"]:
            return ""
        if figures["left"] == 1:
            return self.env._("one person left the vote for a conflict of interest")
        return self.env._(
            "%s people left the vote for a conflict of interest", figures["left"]
        )
