from odoo import models

from ...reports.print_words import long_date


class HubCharter(models.Model):
    """Whole sentences for the printed charter: fragments do not translate."""

    _inherit = "hub.charter"

    def _print_version(self):
        """Which text this is."""
        self.ensure_one()
        if not self.published_on:
            return self.env._("Version %(version)s, draft", version=self.version)
        return self.env._(
            "Version %(version)s, published on %(date)s",
            version=self.version,
            date=long_date(self.env, self.published_on),
        )

    def _print_sign_before(self):
        day = long_date(self.env, self.sign_before)
        return day and self.env._("Please answer before %(date)s.", date=day)

    def _print_reference(self):
        """Foot of each page."""
        return f"{self.display_name} · {self.company_id.name}"

    def _print_watermark(self):
        return False if self.published_on else self.env._("DRAFT")

    def _file_name(self):
        return self.display_name.replace("/", "-")

    def _print_signed(self):
        """The signatures of this version, by day: who signed when, and how."""
        rows = self.signature_ids.sudo().filtered(lambda s: s.answer == "yes")
        return rows.sorted(lambda s: (s.answered_on, s.id))
