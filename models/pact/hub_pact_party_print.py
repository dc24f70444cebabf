from odoo import models

from ...reports.print_words import long_date


class HubPactParty(models.Model):
    """Words of a signature box."""

    _inherit = "hub.pact.party"

    def _print_role(self):
        """Kind of party and who signs for it, in a signature box."""
        self.ensure_one()
        kind = dict(self._fields["category"]._description_selection(self.env))
        label = kind[self.category]
        person = ", ".join(
            filter(None, [self.representative, self.representative_role])
        )
        if not person:
            return label
        return self.env._("%(kind)s, represented by %(name)s", kind=label, name=person)

    def _print_signed(self):
        """When and how the party signed."""
        self.ensure_one()
        how = dict(self._fields["answer_channel"]._description_selection(self.env))
        return self.env._(
            "Signed on %(date)s (%(how)s)",
            date=long_date(self.env, self.signed_on),
            how=how[self.answer_channel].lower(),
        )

    def _print_notes(self):
        """What the box says besides: for whom, by a slip, on which page."""
        self.ensure_one()
        notes = []
        if self.signed_by and self.signed_by != self._name_in_text():
            notes.append(self.env._("Signature of %(name)s", name=self.signed_by))
        if self.joined_on:
            notes.append(self._print_joined())
        if self.replaces_id:
            name = self.replaces_id._name_in_text()
            notes.append(self.env._("In the place of %(name)s", name=name))
        if self.answer_channel == "paper" and self.scan:
            notes.append(self.env._("The page signed on paper is kept by the hub."))
        return notes

    def _print_joined(self):
        self.ensure_one()
        day = long_date(self.env, self.joined_on)
        if not self.signed_on:
            return self.env._("Joins by a joining slip")
        return self.env._("Joined by a joining slip on %(date)s", date=day)

    def _print_declined(self):
        """The text names the party, but it is not bound by it."""
        self.ensure_one()
        day = long_date(self.env, self.answered_on.date())
        return self.env._("Declined on %(date)s: not a party", date=day)
