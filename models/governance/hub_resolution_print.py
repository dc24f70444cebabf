from odoo import models


class HubResolution(models.Model):
    """What the documents say of a resolution."""

    _inherit = "hub.resolution"

    def _print_rule(self):
        """“Decided by: more than half of the votes cast…”"""
        self.ensure_one()
        said = self.env._("Adopted with: %(rule)s.", rule=self._vote_rule_words())
        if self.secret:
            said = " ".join([said, self.env._("Secret vote.")])
        if self.entitled_college_ids:
            names = ", ".join(self.entitled_college_ids.mapped("name"))
            said = " ".join([said, self.env._("Voting: %(colleges)s.", colleges=names)])
        return said

    def _print_by_college(self):
        """A line for each college, where colleges count or were typed apart."""
        self.ensure_one()
        figures = self.figures
        shown = [one for one in figures["colleges"] if one["name"]]
        if len(shown) < 2 or (figures["method"] == "heads" and figures["unanimous"]):
            return []
        return [
            one
            | {
                "words": self._college_words(one, figures),
                "share": self._college_share(one, figures),
            }
            for one in shown
        ]

    def _college_words(self, one, figures):
        if figures["method"] == "heads":
            return one["name"]
        return self.env._(
            "%(college)s (weight %(weight)s)", college=one["name"], weight=one["weight"]
        )

    def _college_share(self, one, figures):
        if figures["method"] == "heads" or "share_for" not in one:
            return ""
        return self.env._("%(share)s for", share=self._percent(one["share_for"]))
