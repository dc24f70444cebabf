from odoo import fields, models

from ...reports.print_words import long_date
from .hub_pact_party import CATEGORIES


class HubPact(models.Model):
    """Whole sentences for the printed documents: fragments do not translate."""

    _inherit = "hub.pact"

    def _form_label(self):
        return dict(self._fields["form"]._description_selection(self.env))[self.form]

    def _print_reference(self):
        """Foot of each page: which text this is."""
        parts = [
            self.number,
            self.env._("version %(version)s", version=self.version),
            self.company_id.name,
            self.frozen_hash and f"SHA-256 {self.frozen_hash}",
        ]
        return " · ".join(filter(None, parts))

    def _print_version(self):
        """Line under the title."""
        parts = [self.number, self.env._("version %(version)s", version=self.version)]
        if self.parent_id:
            parts.append(self.env._("amends %(pact)s", pact=self.parent_id.number))
        return " · ".join(parts)

    def _print_watermark(self):
        if self.state in ("concertation", "draft"):
            return self.env._("DRAFT")
        return self.env._("CANCELLED") if self.state == "cancelled" else False

    def _print_subject(self):
        """Which projects, where, agreed when."""
        sentences = []
        if self.lead_ids:
            names = ", ".join(self.lead_ids.sudo().mapped("name"))
            sentences.append(self.env._("Project: %(names)s.", names=names))
        if self.territory_id:
            place = self.territory_id.display_name
            sentences.append(self.env._("Territory: %(place)s.", place=place))
        if self.joint_interview_on:
            day = long_date(self.env, self.joint_interview_on)
            sentences.append(self.env._("Agreed together on %(date)s.", date=day))
        return " ".join(sentences)

    def _print_period(self):
        """First day, last day, next look together."""
        sentences = []
        if self.date_start and self.date_end:
            sentences.append(
                self.env._(
                    "From %(start)s to %(end)s.",
                    start=long_date(self.env, self.date_start),
                    end=long_date(self.env, self.date_end),
                )
            )
        if self.next_review_on:
            day = long_date(self.env, self.next_review_on)
            sentences.append(
                self.env._("The parties look at it together on %(date)s.", date=day)
            )
        return " ".join(sentences)

    def _print_territory(self):
        place = self.territory_id.display_name
        return place and self.env._("The pact applies to: %(place)s.", place=place)

    def _print_checks(self):
        """Which of the four checks of a local pact hold."""
        names = ("is_anchored", "is_open", "is_linked", "is_known")
        held = [
            self._fields[name]._description_string(self.env).lower()
            for name in names
            if self[name]
        ]
        return held and self.env._(
            "The parties have checked that the pact is: %(checks)s.",
            checks=", ".join(held),
        )

    def _print_diagnosis(self):
        """Which version of the shared diagnosis the text rests on."""
        found = self.diagnosis_id
        return f"{found.display_name}, {long_date(self.env, found.date)}"

    def _print_closing(self):
        """Line above the signatures."""
        return self.env._(
            "%(pact)s, version %(version)s. Drawn up in as many copies as there are"
            " parties; each party keeps one.",
            pact=self.display_name,
            version=self.version,
        )

    def _print_fingerprint(self):
        return self.frozen_hash and self.env._(
            "Text closed on %(date)s. Fingerprint (SHA-256): %(hash)s",
            date=long_date(self.env, fields.Date.context_today(self, self.frozen_on)),
            hash=self.frozen_hash,
        )

    def _print_parties(self):
        """Parties in the order of their kinds, as they are named and as they sign."""
        order = [code for code, _label in CATEGORIES]
        return self._present_parties().sorted(
            lambda party: (order.index(party.category), party.sequence, party.id)
        )
