from odoo import models

from ...reports.print_words import long_date


class HubMinutes(models.Model):
    """The draft, and what is frozen, taken from the records of the meeting."""

    _inherit = "hub.minutes"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.meeting_id.lang

    def _draft(self):
        """The text to begin with: how it was convened, each item, each decision."""
        self.ensure_one()
        meeting = self.meeting_id.with_context(lang=self.meeting_id.lang)
        return (
            self.env["ir.qweb"]
            .with_context(lang=meeting.lang)
            ._render("solidarity_hub.minutes_draft", {"meeting": meeting})
        )

    def _frozen_payload(self):
        self.ensure_one()
        meeting = self.meeting_id.with_context(lang=self.meeting_id.lang)
        plain = ("name", "place", "date", "opened_at", "closed_at", "convened_on")
        return {
            "number": self.number,
            "hub": self.company_id.name,
            "body": meeting.body_id.name,
            "meeting": {name: meeting[name] or "" for name in plain},
            "chair": meeting.chair_id.name or "",
            "secretary": meeting.secretary_id.name or "",
            "attendance": meeting.quorum_words,
            "presences": [line._frozen_values() for line in meeting.presence_ids],
            "agenda": meeting.agenda_item_ids.mapped("name"),
            "text": str(self.body or ""),
            "resolutions": [
                one._frozen_payload() for one in meeting._settled_resolutions()
            ],
            "approved_on": self.approved_on or "",
            "approved_at": self.approved_meeting_id.name or self.approval_note or "",
        }

    def _print_reference(self):
        """Foot of each page: which minutes these are."""
        parts = [
            self.number,
            self.meeting_id.display_name,
            self.company_id.name,
            self.frozen_hash and f"SHA-256 {self.frozen_hash}",
        ]
        return " · ".join(filter(None, parts))

    def _print_watermark(self):
        return False if self.state == "approved" else self.env._("DRAFT")

    def _print_approved(self):
        """When and where the minutes were approved."""
        if self.state != "approved":
            return self.env._("Draft: not approved yet.")
        day = long_date(self.env, self.approved_on)
        if self.approved_meeting_id:
            return self.env._(
                "Approved on %(date)s at: %(meeting)s.",
                date=day,
                meeting=self.approved_meeting_id.name,
            )
        return self.env._(
            "Approved on %(date)s: %(how)s.", date=day, how=self.approval_note
        )

    def _print_fingerprint(self):
        return self.frozen_hash and self.env._(
            "Fingerprint (SHA-256) of the text: %(hash)s", hash=self.frozen_hash
        )
