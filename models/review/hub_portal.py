from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """The hub asks me how I see it, and shows what was published of a year."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        people = self.env["hub.self.evaluation.person"].sudo()
        mine = people.search(
            Domain("partner_id", "=", partner.id)
            & Domain("has_answered", "=", False)
            & Domain("evaluation_id.collecting", "=", "open")
            & Domain("evaluation_id.state", "=", "draft")
        )
        if mine:
            sections.append(
                {
                    "sequence": 150,
                    "key": "self_evaluation",
                    "title": self.env._("How does the hub do?"),
                    "template": "solidarity_hub.portal_section_self_evaluation",
                    "values": {
                        "asked": [
                            {
                                "url": f"/my/hub/self-evaluation/{person.id}",
                            }
                            for person in mine
                        ]
                    },
                }
            )
        if review := self._section_review(partner):
            sections.append(review)
        return sections

    @api.model
    def _section_review(self, partner):
        """The review of a year: to answer, to sign for a college, to read."""
        people = self.env["hub.review.person"].sudo()
        asked = people.search(
            Domain("partner_id", "=", partner.id)
            & Domain("has_answered", "=", False)
            & Domain("review_id.collecting", "=", "open")
            & Domain("review_id.state", "=", "draft")
        )
        to_sign = (
            self.env["hub.review.college"]
            .sudo()
            .search(
                Domain("signer_id", "=", partner.id)
                & Domain("answer", "=", "waiting")
                & Domain("review_id.state", "=", "draft")
            )
        )
        published = self.env["hub.annual.review"]._published_for(partner)
        if not asked and not to_sign and not published:
            return None
        return {
            "sequence": 155,
            "key": "annual_review",
            "title": self.env._("The review of the year"),
            "template": "solidarity_hub.portal_section_annual_review",
            "values": {
                "links": [
                    *self._review_links(
                        asked,
                        "/my/hub/review/%s",
                        lambda one: self.env._(
                            "Say how I see %(year)s", year=str(one.review_id.year)
                        ),
                        waits=True,
                    ),
                    *self._review_links(
                        to_sign,
                        "/my/hub/review-college/%s",
                        lambda line: self.env._(
                            "Sign for my college: %(name)s", name=line.college_id.name
                        ),
                        waits=True,
                    ),
                    *self._review_links(
                        published[:3],
                        "/my/hub/published-review/%s",
                        lambda review: self.env._(
                            "Read the review of %(year)s (PDF)", year=str(review.year)
                        ),
                    ),
                ]
            },
        }

    @api.model
    def _review_links(self, records, path, label, waits=False):
        return [
            {"url": path % record.id, "label": label(record), "waits": waits}
            for record in records
        ]
