from odoo import models

from ..common.hub_personal_link_mixin import key_opens


class HubPresence(models.Model):
    """What a person sees and does on the page of a convocation: plain values only."""

    _inherit = "hub.presence"

    def _token_opens(self, token):
        """Whether this token is the one of this seat."""
        self.ensure_one()
        return key_opens(self.sudo().access_token, token)

    def _is_of(self, partner):
        """Whether this seat is this person's, or one he or she stands in for."""
        self.ensure_one()
        return partner in self.partner_id | self.substitute_id

    def _portal_values(self, partner):
        """All that the page tells.

        :param partner: who looks at it: the member, or the substitute
        """
        self.ensure_one()
        line = self.sudo()
        meeting = line.meeting_id
        return {
            "meeting": meeting._portal_meeting(),
            "seat": line._portal_seat(),
            "proxies": [
                {"name": one.name, "note": one.proxy_note}
                for one in line.proxy_from_ids
            ],
            "holders": line._portal_holders(),
            "votes": line._portal_votes(partner),
            "files": line._portal_files(partner)[line],
            "decisions": meeting._portal_decisions(),
            "last": meeting._portal_last(),
            "hub": self.env["hub.portal"]._contacts(meeting.company_id.partner_id)[0],
        }

    def _portal_seat(self):
        return {
            "url": self.access_url,
            "name": self.name,
            "college": self._print_seat(),
            "answer": self.answer,
            "votes": self.entitled,
            "present": self.state == "present" and not self.departure,
            "proxy": self.proxy_to_id.name or "",
            "proxy_blank": self.proxy_blank,
            "proxy_note": self.proxy_note or "",
            "open": self.meeting_id.state == "convened"
            and not self.meeting_id.closed_at,
        }

    def _portal_holders(self):
        """To whom a proxy may still be given: ``[(id, name)]``."""
        meeting = self.meeting_id
        if not self.entitled or not meeting.proxies_per_person:
            return []
        return [
            (other.id, other.display_name)
            for other in meeting.presence_ids
            if other != self and self._may_hold(other)
        ]

    def _may_hold(self, other):
        meeting = self.meeting_id
        held = other.proxy_from_ids - self
        return (
            other.entitled
            and other.answer != "no"
            and other.state in ("expected", "present")
            and not other.proxy_to_id
            and not other.proxy_blank
            and len(held) < meeting.proxies_per_person
            and (not meeting.proxy_same_college or other.college_id == self.college_id)
        )

    def _portal_votes(self, partner):
        """Open votes, with the seats for which this person votes now."""
        meeting = self.meeting_id
        if not meeting._in_session():
            return []
        found = []
        for resolution in meeting.resolution_ids.filtered(lambda r: r.state == "open"):
            seats = resolution._seats_of(self, partner)
            found.append(
                {
                    "id": resolution.id,
                    "name": resolution.name,
                    "text": resolution.text or "",
                    "rule": resolution._print_rule(),
                    "by_ballot": resolution.entry == "ballots",
                    "seats": [
                        {"id": seat.id, "name": seat.display_name, "own": seat == self}
                        for seat in seats
                    ],
                    "done": [
                        f"{one.voter_name}: {one._choice_words()}"
                        for one in resolution.ballot_ids
                        if one.by_presence_id == self
                    ],
                }
            )
        return found
