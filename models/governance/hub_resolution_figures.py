from odoo import models

from ...tools.ballot import NO_QUORUM
from .hub_resolution_result import ALL

# A secret vote shows nobody: fewer voters than this are put together.
SMALL = 3


class HubResolution(models.Model):
    """The numbers of a result, kept as they were counted: fractions stay exact."""

    _inherit = "hub.resolution"

    def _figures(self, votes, people, outcome, asked, unanimous):
        self.ensure_one()
        reached = all(one.reached for one in asked)
        colleges = self._college_figures(votes, people, outcome)
        total = self.meeting_id._total(people)
        figures = {
            "method": self.method,
            "threshold": self.threshold.strip(),
            "strict": outcome.reason.values["strict"],
            "base": self.base,
            "empty_college": self.empty_college,
            "adopted": outcome.adopted and reached,
            "reason": outcome.reason.code if reached else NO_QUORUM,
            "share_for": str(outcome.share_for),
            "share_against": str(outcome.share_against),
            "entitled": total.entitled,
            "present": total.present,
            "represented": total.represented,
            "left": len(self.conflict_ids),
            "quorums": [one._asdict() for one in asked],
            "colleges": colleges,
            "secret": self.secret,
        }
        for name in ("for", "against", "abstain", "blank"):
            figures[name] = sum(college[name] for college in colleges)
        others = figures["against"] + figures["abstain"] + figures["blank"]
        figures["unanimous"] = unanimous or bool(figures["for"] and not others)
        return self._hide_small(figures) if self.secret else figures

    def _college_figures(self, votes, people, outcome):
        names, weights = self._college_names(), self._weights(people)
        order = list(self.meeting_id.college_ids.college_id.ids)
        keys = sorted(
            people, key=lambda key: order.index(key) if key in order else len(order)
        )
        return [
            self._college_figure(
                key,
                names.get(key, ""),
                votes.get(key, (0, 0, 0, 0)),
                people[key],
                outcome.per_college.get(key),
            )
            | {"weight": int(weights[key])}
            for key in keys
        ]

    def _college_figure(self, key, name, sides, count, result):
        votes_for, votes_against, abstentions, blanks = sides
        return {
            "id": False if key == ALL else key,
            "name": name,
            **count._asdict(),
            "for": votes_for,
            "against": votes_against,
            "abstain": abstentions,
            "blank": blanks,
            "part": str(result.weight if result else 0),
            "share_for": str(result.share_for if result else 0),
            "share_against": str(result.share_against if result else 0),
        }

    # ------------------------------------------------------------
    # Secret votes
    # ------------------------------------------------------------

    def _hide_small(self, figures):
        """Put together the colleges that are so small that their sum shows a choice."""
        colleges = figures["colleges"]
        pooled = self._pool(colleges)
        if not pooled:
            return figures
        kept = [one for one in colleges if one not in pooled]
        together = {
            name: sum(one[name] for one in pooled)
            for name in (
                "entitled", "present", "represented", "for", "against", "abstain",
                "blank", "weight",
            )
        }  # fmt: skip
        together |= {
            "id": False,
            "name": ", ".join(one["name"] for one in pooled),
            "pooled": len(pooled),
        }
        if self.method == "heads":
            return figures | {"colleges": [*kept, together]}
        # From the exact shares the hidden numbers could be worked out again.
        hidden = ("share_for", "share_against", "part")
        shown = [
            {key: value for key, value in one.items() if key not in hidden}
            for one in [*kept, together]
        ]
        return figures | {"colleges": shown, "share_for": None, "share_against": None}

    def _pool(self, colleges):
        """The colleges to put together: at least two, of at least three voters."""
        voters = [
            (one["present"] + one["represented"], number)
            for number, one in enumerate(colleges)
        ]
        there = sorted(pair for pair in voters if pair[0])
        small = [pair for pair in there if pair[0] < SMALL]
        if not small:
            return []
        size = len(small)
        while size < len(there) and (
            size < 2 or sum(number for number, _key in there[:size]) < SMALL
        ):
            size += 1
        chosen = {key for _number, key in there[:size]}
        return [one for number, one in enumerate(colleges) if number in chosen]
