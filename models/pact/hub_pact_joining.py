from odoo import models
from odoo.fields import Command


class HubPact(models.Model):
    """Who is taken in: the parties of a new text, and those who come later."""

    _inherit = "hub.pact"

    def action_take_in(self):
        """Somebody joins: the newcomer alone signs a slip."""
        return self._open_wizard(
            "hub.pact.join.wizard", self.env._("Somebody joins the pact")
        )

    def _take_in(self, vals, former):
        """Somebody joins, or comes in the place of a party that declined.

        While the text is open it names the newcomer, who takes over what the former
        one was to do; a text that others have signed is joined by a slip.
        """
        self.ensure_one()
        parties = self.env["hub.pact.party"]._unguarded()
        newcomer = parties.create(
            {**vals, "pact_id": self.id, "replaces_id": former.id}
        ).with_env(self.env)
        if former and not self.frozen_on:
            lines = self.commitment_ids.filtered(lambda line: line.party_id == former)
            lines.party_id = newcomer
        self.message_post(
            body=self.env._(
                "%(newcomer)s comes in the place of %(former)s",
                newcomer=newcomer._name_in_text(),
                former=former._name_in_text(),
            )
            if former
            else self.env._("%(newcomer)s joins", newcomer=newcomer._name_in_text())
        )
        return newcomer

    def _add_parties(self, parties):
        """:param parties: ``[(partner, category, representative)]``, each kept once;
        the representative is a name, or a name and a capacity"""
        self.ensure_one()
        known = set(self.party_ids.partner_id.ids)
        lines = []
        for partner, category, representative in parties:
            if partner.id in known:
                continue
            known.add(partner.id)
            named = isinstance(representative, tuple)
            name, role = representative if named else (representative, False)
            lines.append(
                Command.create(
                    {
                        "partner_id": partner.id,
                        "category": category,
                        "representative": name,
                        "representative_role": role,
                        "sequence": 10 * (len(lines) + 1),
                    }
                )
            )
        self.write({"party_ids": lines})

    def _assign_commitments(self):
        """Name the party where a commitment speaks of a kind with one party only."""
        for pact in self:
            parties = pact.party_ids.grouped("category")
            for line in pact.commitment_ids.filtered(lambda c: not c.party_id):
                found = parties.get(line.category, pact.party_ids.browse())
                if len(found) == 1:
                    line.party_id = found
