from odoo import fields, models

from ...reports.print_words import long_date


class HubCharterSignature(models.Model):
    """The charter with one person's name, to be signed or as it was signed."""

    _inherit = "hub.charter.signature"

    def _hub_print_lang(self):
        """The language of the person a document is for."""
        self.ensure_one()
        return self.partner_id.lang or self.env.lang

    def _file_name(self):
        name = f"{self.charter_id.display_name} {self.partner_id.name or ''}"
        return name.strip().replace("/", "-")

    def _print_day(self):
        day = fields.Date.context_today(self, self.answered_on)
        return long_date(self.env, day)

    def _print_how(self):
        labels = dict(self._fields["answer_channel"]._description_selection(self.env))
        return labels.get(self.answer_channel, "").lower()

    def _print_signed(self):
        """When and how the person signed, in the box."""
        self.ensure_one()
        return self.env._(
            "Signed on %(date)s (%(how)s)",
            date=self._print_day(),
            how=self._print_how(),
        )
