import re

from odoo import api, models
from odoo.tools import html2plaintext

from .hub_forgetting_words import SHORTEST

AROUND = 40


class HubForgetting(models.AbstractModel):
    """What is left of a name in texts that stay for others."""

    _inherit = "hub.forgetting"

    @api.model
    def _texts_to_read(self, partners):
        """Where a part of the name stands alone: ``{person: [where and words]}``."""
        found = {}
        texts = self.env["crm.lead"]._hub_texts_that_stay(partners)
        for partner, record, name in texts:
            words = self._alone(partner, record[name])
            if not words:
                continue
            where = self.env._(
                "%(record)s, %(field)s: %(words)s",
                record=record.display_name,
                field=record._fields[name]._description_string(self.env),
                words=words,
            )
            if where not in found.setdefault(partner, []):
                found[partner].append(where)
        return found

    @api.model
    def _alone(self, partner, text):
        """The words around a part of the name, once the whole name is gone."""
        text = " ".join(html2plaintext(text or "").split())
        for word in self._words(partner):
            text = re.sub(rf"\b{re.escape(word)}\b", "", text, flags=re.IGNORECASE)
        parts = re.findall(rf"\w{{{SHORTEST},}}", partner.name or "")
        if not parts:
            return ""
        part = re.search(rf"\b({'|'.join(parts)})\b", text, flags=re.IGNORECASE)
        if not part:
            return ""
        start, end = max(0, part.start() - AROUND), part.end() + AROUND
        return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
