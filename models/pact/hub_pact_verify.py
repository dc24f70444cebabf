import re

from odoo import api, models
from odoo.fields import Domain

from ...reports.print_words import long_date

MARK = re.compile(r"[0-9a-f]{64}")
LONGEST_NUMBER = 40


class HubPactFile(models.Model):
    """Whether a file, or a fingerprint printed on paper, is what was signed.

    Whoever holds the document learns that it is genuine and whether it still counts;
    nobody learns what stands in it, nor which other documents there are.
    """

    _inherit = "hub.pact.file"

    @api.model
    def _verify_content(self, content):
        """What may be said about a file; ``None`` when it is not known here."""
        mark = self.env["hub.frozen.mixin"]._fingerprint(content)
        return self._find_and_say(Domain("file_hash", "=", mark))

    @api.model
    def _verify_mark(self, mark, number):
        """What may be said about a printed fingerprint and the number beside it."""
        mark = "".join((mark or "").split()).lower()
        number = (number or "").strip()[:LONGEST_NUMBER]
        if not MARK.fullmatch(mark) or not number:
            return None
        return self._find_and_say(
            Domain("pact_id.number", "in", [number, number.upper()])
            & (Domain("text_hash", "=", mark) | Domain("file_hash", "=", mark))
        )

    @api.model
    def _find_and_say(self, domain):
        file = self.sudo().search(domain, order="voided_on desc, id desc", limit=1)
        return file._said() if file else None

    def _said(self):
        """Number, version, dates, and whether it still counts: nothing of the text."""
        self.ensure_one()
        pact = self.pact_id
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        signed = self.party_id.signed_on or max(
            filter(None, pact.party_ids.mapped("signed_on")), default=False
        )
        return {
            "title": self.env._(
                "Yes: this is a document of %(number)s, version %(version)s.",
                number=pact.number,
                version=self.version,
            ),
            "facts": [
                self.env._(
                    "%(kind)s, kept by %(hub)s",
                    kind=kinds[self.kind],
                    hub=pact.company_id.name,
                ),
                *self._said_days(signed),
            ],
            "counts": self._counts_sentence(),
        }

    def _said_days(self, signed):
        """When it was signed and came into force; of a voided text, nothing."""
        if self.voided_on:
            return []
        first = self.pact_id.in_force_from
        days = []
        if signed:
            day = long_date(self.env, signed)
            days.append(self.env._("Last signature on %(date)s", date=day))
        if first:
            day = long_date(self.env, first)
            days.append(self.env._("In force from %(date)s", date=day))
        return days

    def _counts_sentence(self):
        """Whether the text of this document is in force today."""
        pact = self.pact_id
        if self.voided_on:
            return self.env._(
                "It no longer counts: its text was taken back on %(date)s.",
                date=long_date(self.env, self.voided_on),
            )
        if pact.state == "cancelled":
            return self.env._("It never came into force: the text was given up.")
        if not pact.in_force_from:
            return self.env._("It is not in force yet: signatures are awaited.")
        if pact.is_in_force:
            return self.env._("It is in force today.")
        return self.env._(
            "It is no longer in force: it counted until %(date)s.",
            date=long_date(self.env, pact._counted_until()),
        )
