from odoo import models
from odoo.tools import format_list


class HubSkillCoverage(models.Model):
    """The coverage of a skill, said in sentences with the names."""

    _inherit = "hub.skill.coverage"

    def _words_of_need(self):
        if not self.need_count:
            return self.env._("No open project lists it.")
        parts = [
            (self.covered_count, self.env._("covered: %s")),
            (self.asked_count, self.env._("covered if those asked say yes: %s")),
            (self.expert_count, self.env._("covered by a one-off expertise: %s")),
            (self.missing_count, self.env._("not covered by the pair: %s")),
            (self.waiting_count, self.env._("waiting for somebody: %s")),
        ]
        return self.env._(
            "Projects that need it: %(number)s (%(parts)s).",
            number=self.need_count,
            parts=", ".join(text % count for count, text in parts if count),
        )

    def _words_of_offer(self, found):
        free, full = self._partners(found, "free"), self._partners(found, "full")
        sentences = [
            (free, self.env._("Offered, with a free place: %s.")),
            (full, self.env._("Offered, no place left: %s.")),
            (self._partners(found, "learner"), self.env._("Learning it: %s.")),
            (self._partners(found, "away"), self.env._("Away today: %s.")),
        ]
        said = [text % self._names(who) for who, text in sentences if who]
        if not free and not full:
            said.insert(0, self.env._("Nobody offers it today."))
        return " ".join(said)

    def _words_of_advice(self, trainees):
        names = self._names(trainees)
        if self.advice == "train":
            return self.env._(
                "People to find: %(gap)s. To train: %(names)s.",
                gap=self.gap,
                names=names,
            )
        if self.advice == "recruit":
            return self.env._(
                "People to find: %s. Nobody here could learn it soon: recruit.",
                self.gap,
            )
        if self.advice == "fragile" and names:
            return self.env._("Who could learn it too: %s.", names)
        return ""

    def _names(self, partners):
        return format_list(self.env, partners.mapped("display_name"))
