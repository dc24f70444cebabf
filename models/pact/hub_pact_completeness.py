from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date

from .hub_pact import CONTENT_GROUPS

# The kinds that a text of each form should bring together.
WANTED = {
    "accompaniment_contract": ("concerned", "volunteer", "hub"),
    "local_pact": (
        "concerned",
        "elected",
        "institution",
        "company",
        "association",
        "resource_person",
    ),
}
MONTHS = 18


class HubPact(models.Model):
    """Who is around the table: kinds present and missing, and how many over time.

    Ideally as many as possible: a pact is open, and its parties are counted month by
    month over all its versions.
    """

    _inherit = "hub.pact"

    completeness = fields.Html(
        string="Who is around the table",
        compute="_compute_completeness",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )
    missing_kinds = fields.Char(
        string="Kinds of parties missing",
        compute="_compute_missing_kinds",
        compute_sudo=True,
    )
    party_history = fields.Html(
        string="Parties over time",
        compute="_compute_party_history",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )

    @api.depends("form", "party_ids.category", "party_ids.answer", "party_ids.left_on")
    def _compute_missing_kinds(self):
        labels = self._read_labels("hub.pact.party", "category")
        for pact in self:
            present = set(pact._present_parties().mapped("category"))
            wanted = pact._wanted_kinds()
            pact.missing_kinds = ", ".join(
                labels[kind] for kind in wanted if kind not in present
            )

    def _wanted_kinds(self):
        return WANTED.get(self.form, WANTED["local_pact"])

    @api.depends(
        "form",
        "party_ids.category",
        "party_ids.answer",
        "party_ids.signed_on",
        "party_ids.left_on",
    )
    def _compute_completeness(self):
        for pact in self:
            pact.completeness = self.env["ir.qweb"]._render(
                "solidarity_hub.pact_completeness", {"kinds": pact._kinds()}
            )

    def _kinds(self):
        """Each kind with how many are there and how many of them have signed."""
        labels = self._read_labels("hub.pact.party", "category")
        present = self._present_parties()
        found = Counter(present.mapped("category"))
        signed = Counter(present.filtered("signed_on").mapped("category"))
        wanted = self._wanted_kinds()
        others = [kind for kind in found if kind not in wanted]
        return [
            {
                "there": bool(found[kind]),
                "words": self._kind_words(labels[kind], found[kind], signed[kind]),
            }
            for kind in (*wanted, *others)
        ]

    @api.model
    def _kind_words(self, kind, count, signed):
        if not count:
            return self.env._("%(kind)s: missing", kind=kind)
        if not signed:
            return self.env._("%(kind)s: %(count)s", kind=kind, count=count)
        return self.env._(
            "%(kind)s: %(count)s (signed: %(signed)s)",
            kind=kind,
            count=count,
            signed=signed,
        )

    @api.depends("party_ids.signed_on", "party_ids.left_on", "closed_on")
    def _compute_party_history(self):
        for pact in self:
            months = pact._origin._party_months()
            pact.party_history = months and self.env["ir.qweb"]._render(
                "solidarity_hub.pact_party_history",
                {
                    "months": months,
                    "most": max(month["count"] for month in months),
                },
            )

    def _party_months(self):
        """How many were bound at the end of each month, over all versions."""
        chain = self.sudo()._chain()
        parties = chain.party_ids.filtered("signed_on")
        if not parties:
            return []
        today = fields.Date.context_today(self)
        first = min(parties.mapped("signed_on"))
        last = max(filter(None, [*chain.mapped("date_end"), first]))
        end = min(today, last)
        start = max(first, end - relativedelta(months=MONTHS - 1, day=1))
        months, day = [], start.replace(day=1)
        while day <= end:
            until = min(day + relativedelta(day=31), end)
            bound = parties.filtered(lambda party, until=until: party._is_bound(until))
            months.append(
                {
                    "label": self._format_month(day),
                    "count": len(bound.partner_id),
                    "kinds": len(set(bound.mapped("category"))),
                }
            )
            day += relativedelta(months=1)
        return months

    def _format_month(self, day):
        return format_date(self.env, day, date_format="LLL y")
