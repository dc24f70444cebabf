from urllib.parse import urlencode

from odoo import fields, models
from odoo.tools import format_date

from ...reports.print_words import long_date
from .hub_pact_party import CATEGORIES


class HubPact(models.Model):
    """Sentences around the text in the printed documents."""

    _inherit = "hub.pact"

    def _print_reference(self):
        """Foot of each page: which text this is."""
        signing = self.state not in ("concertation", "draft", "cancelled")
        mark = self._text_fingerprint() if signing else self.sudo().frozen_hash
        parts = [
            self.number,
            self.env._("version %(version)s", version=self.version),
            self.company_id.name,
            mark and f"SHA-256 {mark}",
        ]
        return " · ".join(filter(None, parts))

    def _print_watermark(self):
        if self.state in ("concertation", "draft"):
            return self.env._("DRAFT")
        return self.env._("CANCELLED") if self.state == "cancelled" else False

    def _terms_heading(self):
        return self.env._("Terms of evaluation")

    def _print_closing(self):
        """Line above the signatures."""
        return self.env._(
            "%(pact)s, version %(version)s. Drawn up in as many copies as there are"
            " parties; each party keeps one.",
            pact=self.display_name,
            version=self.version,
        )

    def _print_fingerprint(self):
        mark = self.sudo().frozen_hash
        return mark and self.env._(
            "Text closed on %(date)s. Fingerprint (SHA-256): %(hash)s. Anybody can"
            " check this document: %(url)s",
            date=long_date(self.env, fields.Date.context_today(self, self.frozen_on)),
            hash=mark,
            url=f"{self.get_base_url()}/hub/verify",
        )

    def _check_code(self):
        """Picture of the code that opens the checking page, this text filled in."""
        mark = self.sudo().frozen_hash
        return mark and self._code_of(mark)

    def _code_of(self, mark):
        asked = urlencode({"number": self.number, "fingerprint": mark})
        address = f"{self.get_base_url()}/hub/verify?{asked}"
        size = {"width": 240, "height": 240, "quiet": 0}
        code = urlencode({"barcode_type": "QR", **size, "value": address})
        return f"/report/barcode/?{code}"

    def _print_parties(self):
        """Parties in the order of their kinds, as the text names them."""
        return self._in_order(self._present_parties())

    def _print_signing(self):
        """Whoever has a box at the end: named in the text, or come in between."""
        named = self.party_ids.filtered("text_name")
        return self._in_order(named or self._present_parties())

    def _in_order(self, parties):
        order = [code for code, _label in CATEGORIES]
        return parties.sorted(
            lambda party: (order.index(party.category), party.sequence, party.id)
        )

    def _page_signatures(self):
        """Who has signed, for the other parties: names and days, no reason."""
        labels = self._read_labels("hub.pact.party", "category")
        return [
            {
                "name": party._name_in_text(),
                "kind": labels[party.category],
                "signed": party.signed_on and format_date(self.env, party.signed_on),
                "declined": party.answer == "no",
                "left": party.left_on
                and self.env._(
                    "left on %(date)s", date=format_date(self.env, party.left_on)
                ),
                "joins": bool(party.joined_on),
            }
            for party in self._in_order(self.party_ids)
            if party.text_name or party.answer != "no"
        ]
