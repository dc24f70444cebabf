from odoo import models
from odoo.tools.misc import formatLang


class HubPairingRun(models.Model):
    """What a search found, in a few sentences."""

    _inherit = "hub.pairing.run"

    def _summary_text(self):
        """So many projects have their people, how well, and how sure that is."""
        self.ensure_one()
        lines = self.line_ids
        paired = lines.filtered(lambda line: line.first_id and line.second_id)
        texts = [
            self.env._(
                "%(count)s of %(total)s projects have their two people.",
                count=len(paired),
                total=len(lines),
            )
        ]
        if paired:
            texts.append(
                self.env._(
                    "%(percent)s %% of what these projects need is covered.",
                    percent=round(sum(paired.mapped("permille")) / len(paired) / 10),
                )
            )
        texts.append(self._sureness_text())
        return "\n".join(texts)

    def _sureness_text(self):
        """Whether something better may exist."""
        if self.changed_by_hand:
            return self.env._(
                "Changed by hand since the search: search again to know whether"
                " something better exists."
            )
        if self.status == "optimal":
            return self.env._("Proven: nothing better exists.")
        if self.status == "partial":
            return self.env._(
                "The time was over before every project was looked at: search again"
                " with more time, or with fewer projects."
            )
        if not self._can_prove():
            return self.env._(
                "Not proven to be the best: scipy, the program that proves it, is not"
                " installed. Ask whoever installs Odoo for it."
            )
        if not self.gap:
            return self.env._(
                "Proven: neither more pairs nor more needs covered is possible. Small"
                " things (nearness, loads) could perhaps be better."
            )
        return self.env._(
            "At most %(percent)s %% better is possible.",
            percent=formatLang(self.env, max(self.gap * 100, 0.1), digits=1),
        )

    def _can_prove(self):
        try:
            import scipy.optimize  # noqa: F401
        except ImportError:
            return False
        return True
