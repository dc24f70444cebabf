from odoo import fields, models

ADVISERS = "solidarity_hub.group_hub_adviser"
FREED = ("declined", "ended")


class HubPairing(models.Model):
    """What a row says once it has left its place free."""

    _inherit = "hub.pairing"

    is_place_free = fields.Boolean(
        string="Its place is free",
        compute="_compute_is_place_free",
        groups=ADVISERS,
    )
    freed_text = fields.Text(related="lead_id.hub_freed_text", groups=ADVISERS)
    next_partner_ids = fields.Many2many(
        related="lead_id.hub_next_partner_ids", groups=ADVISERS
    )
    next_words = fields.Char(related="lead_id.hub_next_words", groups=ADVISERS)
    next_label = fields.Char(related="lead_id.hub_next_label", groups=ADVISERS)

    def _compute_is_place_free(self):
        left = self.filtered(lambda p: p.state in FREED and p.role == "pair")
        free = left.lead_id.sudo()._hub_freed_rows()
        for pairing in self:
            pairing.is_place_free = pairing in left and pairing.lead_id.sudo() in free

    def action_ask_next(self):
        """Propose the project to the person who is suggested."""
        self.ensure_one()
        return self.lead_id.action_hub_ask_next()

    def action_choose_next(self):
        """Choose somebody else for the free place."""
        self.ensure_one()
        return self.lead_id.action_hub_pair()

    def _left_on(self):
        """The day on which this person left the place, or said no."""
        answered = [
            self[f"{side}_answered_on"].date()
            for side in ("volunteer", "holder")
            if self[f"{side}_answer"] == "no" and self[f"{side}_answered_on"]
        ]
        return self.date_end or max(answered, default=self.write_date.date())

    def _freed_text(self):
        values = {
            "name": self.volunteer_id.name,
            "day": self._format_day(self._left_on()),
        }
        if self.state == "ended":
            text = self.env._("%(name)s stopped on %(day)s.", **values)
            reason = self.end_reason
        elif self.holder_answer == "no":
            text = self.env._(
                "The holder would rather have somebody other than %(name)s (%(day)s).",
                **values,
            )
            reason = self.holder_reason
        else:
            text = self.env._("%(name)s said no on %(day)s.", **values)
            reason = self.volunteer_reason
        quoted = reason and self.env._("“%(words)s”", words=reason)
        return " ".join(filter(None, [text, quoted, self._stay_sentence()]))

    def _next_people(self):
        """The people to ask next beside those who stay, and why in words."""
        if not self:
            return None
        lead, engine = self.lead_id, self.env["hub.pairing.engine"]
        places = self.search(self._domain_places(lead))
        kept = places.volunteer_id
        people = engine._candidates(lead) - kept - self.run_line_id.excluded_ids
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(lead, people)
        free = people.filtered(
            lambda p: not (verdicts[p].refusals or verdicts[p].warnings)
        )
        pairs, _seconds = engine._rank(lead, free, fixed=kept, ignored=places, limit=1)
        if not pairs:
            return None
        chosen = kept.browse(pairs[0].volunteers) - kept
        return chosen, self._words_of_next(chosen, kept, engine._words(pairs[0]))

    def _words_of_next(self, chosen, kept, words):
        values = {
            "names": ", ".join(chosen.mapped("name")),
            "kept": ", ".join(kept.mapped("name")),
            "words": words,
        }
        if kept:
            return self.env._("Next: %(names)s. With %(kept)s: %(words)s", **values)
        return self.env._("Next: %(names)s. Together: %(words)s", **values)

    def _nobody_next(self):
        """What is said where nobody is left; nothing where no place is free."""
        if not self:
            return False
        return self.env._(
            "Nobody else can be asked without a reason: choose somebody yourself, or"
            " look for a volunteer."
        )
