from odoo import api, fields, models


class HubPairing(models.Model):
    _inherit = "hub.pairing"

    explanation_text = fields.Text(
        string="How it was computed",
        compute="_compute_explanation_text",
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.depends("explanation")
    def _compute_explanation_text(self):
        for pairing in self:
            kept = pairing.explanation or {}
            lines = [kept.get("words"), *kept.get("numbers", [])]
            pairing.explanation_text = "\n".join(filter(None, lines))


class HubPairingEngine(models.AbstractModel):
    """What the search found, in words first; the numbers stay at hand."""

    _inherit = "hub.pairing.engine"

    @api.model
    def _words(self, pair):
        """One sentence, e.g. "covers 4 needs of 5, missing: labour law"."""
        total = len(pair.sheet["needs"])
        if not total:
            return self.env._(
                "The project names no skill that it needs: any two people will do."
            )
        parts = [
            self.env._(
                "covers %(count)s needs of %(total)s",
                count=len(pair.covered),
                total=total,
            )
        ]
        if pair.partly:
            parts.append(
                self.env._("partly: %(skills)s", skills=self._names(pair.partly))
            )
        if pair.missing:
            parts.append(
                self.env._("missing: %(skills)s", skills=self._names(pair.missing))
            )
        return ", ".join(parts)

    @api.model
    def _numbers(self, pair):
        """How it was computed, line by line."""
        skills = self.env["hub.skill"].sudo()
        lines = [
            self.env._(
                "%(skill)s: level %(level)s, %(wanted)s wanted, importance %(weight)s",
                skill=skills.browse(skill).name,
                level=level,
                wanted=wanted,
                weight=weight,
            )
            for skill, (level, wanted, weight) in pair.sheet["needs"].items()
        ]
        lines.append(
            self.env._("Needs covered: %(permille)s of 1000", permille=pair.permille)
        )
        lines.append(
            self.env._(
                "Between pairs that cover equally: lives nearby %(near)s, experience"
                " %(experience)s, few projects %(balance)s",
                near=pair.sheet["nearness"],
                experience=pair.sheet["experience"],
                balance=pair.sheet["balance"],
            )
        )
        return lines

    @api.model
    def _explanation(self, pair):
        """What is kept with the decision: the words and the figures of that day."""
        return {
            "words": self._words(pair),
            "numbers": self._numbers(pair),
            "volunteers": list(pair.volunteers),
            "score": pair.score,
            "coverage": pair.sheet["coverage"],
            "full": pair.sheet["full"],
        }

    @api.model
    def _about(self, partner, text):
        """What is said of one person: "Bernard: 1 of 3 projects"."""
        return self.env._("%(who)s: %(what)s", who=partner.display_name, what=text)

    @api.model
    def _loads_after(self, lead, partners, ignored=None):
        """{partner: "3 of 3 projects"} once they have taken this project too."""
        pairings = self.env["hub.pairing"].sudo()
        taken = pairings._open_counts(partners, lead.company_id, ignored)
        capacities = partners._hub_capacity_on(company=lead.company_id)
        return {
            partner: self.env._(
                "%(load)s of %(capacity)s projects",
                load=taken.get(partner, 0) + 1,
                capacity=capacities[partner],
            )
            for partner in partners
        }

    @api.model
    def _names(self, skill_ids):
        return ", ".join(self.env["hub.skill"].sudo().browse(skill_ids).mapped("name"))
