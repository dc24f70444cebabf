from odoo import api, models
from odoo.fields import Domain


class HubInterviewNote(models.Model):
    """The one definition of who reads a note: record rule, pages and merges use it."""

    _inherit = "hub.interview.note"

    @api.model
    def _hub_domain_for(self, partner):
        """Notes this person reads.

        Their author; those who were there; the pair of the time, as long as it is the
        pair; those whom the author named; who broke the glass, for a day. Whom a note
        is about never, whatever he or she became since.
        """
        me = [partner.id]
        present = Domain("present_ids", "in", me)
        named = Domain("reader_ids", "in", me)
        glass = Domain(
            "access_ids",
            "any",
            Domain("partner_id", "in", me) & Domain("until", ">=", "now"),
        )
        others = present | named | glass | self._domain_pair(me)
        return Domain("closed_ids", "not in", me) & (
            Domain("author_id", "in", me) | (others & ~self._domain_about(me))
        )

    @api.model
    def _domain_pair(self, me):
        active = (
            Domain("volunteer_id", "in", me)
            & Domain("role", "=", "pair")
            & Domain("state", "=", "active")
        )
        return (
            Domain("only_present", "=", False)
            & Domain("pair_ids", "in", me)
            & Domain("lead_id", "any", Domain("hub_pairing_ids", "any", active))
        )

    @api.model
    def _domain_about(self, me):
        """Notes on oneself: today's holder, or the holder of the day of the note."""
        holder = Domain("partner_id", "in", me)
        there = holder & Domain("quality", "=", "holder")
        return (
            Domain("about_ids", "in", me)
            | Domain("lead_id", "any", Domain("hub_holder_ids", "any", holder))
            | Domain("interview_id", "any", Domain("presence_ids", "any", there))
        )
