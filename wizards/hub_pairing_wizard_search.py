from odoo import api, models
from odoo.fields import Command

SHOWN = 5


class HubPairingWizard(models.TransientModel):
    """Comparing all the pairs, and saying who is left out."""

    _inherit = "hub.pairing.wizard"

    def _search_pairs(self):
        """Compare all the pairs, keep the best, and say who is left out and why."""
        candidates = self._candidates()
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(
            self.lead_id, candidates, ignored=self.replaced_id
        )
        refused = candidates.filtered(lambda p: verdicts[p].refusals)
        warned = (candidates - refused).filtered(lambda p: verdicts[p].warnings)
        free = candidates - refused - warned
        pairs, seconds = self._rank(free | warned if self.with_warned else free)
        if not pairs and not self.with_warned and warned:
            self.with_warned = True
            pairs, seconds = self._rank(free | warned)
        run_vals = self._prepare_run_vals(len(candidates), seconds)
        self.run_id = self.env["hub.pairing.run"].sudo().create(run_vals)
        self.eligible_ids = candidates - refused
        self.nobody_text = False if pairs else self._nobody_text(free | warned)
        self._show_proposals(pairs, verdicts)
        self._show_left_out(refused if self.with_warned else refused | warned, verdicts)

    def _candidates(self):
        candidates = self.env["hub.pairing.engine"]._candidates(self.lead_id)
        return candidates - self.kept_ids - self.replaced_id.volunteer_id

    def _show_proposals(self, pairs, verdicts):
        lines = [
            Command.create(self._prepare_proposal_vals(rank, pair, verdicts))
            for rank, pair in enumerate(pairs, start=1)
        ]
        self.proposal_ids = [Command.clear(), *lines]

    def _show_left_out(self, people, verdicts):
        lines = [
            Command.create(self._prepare_person_vals(partner, verdicts))
            for partner in people
        ]
        self.person_ids = [Command.clear(), *lines]

    def _rank(self, people):
        return self.env["hub.pairing.engine"]._rank(
            self.lead_id,
            people,
            fixed=self.kept_ids,
            ignored=self.kept_pairing_ids | self.replaced_id,
            limit=SHOWN,
            over_capacity=self.with_warned,
        )

    def _nobody_text(self, people):
        if len(people | self.kept_ids) < 2:
            return self.env._(
                "Fewer than two people can be chosen for this project: see below why"
                " the others are left out."
            )
        return self.env._(
            "No two people bring the skills that this project cannot do without. Make"
            " one of them less strict, or choose yourself."
        )

    def _prepare_run_vals(self, candidates, seconds):
        return {
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "seconds": seconds,
            "status": "optimal",
            "state": "solved",
            "parameters": {
                "projects": self.lead_id.ids,
                "candidates": candidates,
                "with_warned": self.with_warned,
            },
        }

    def _prepare_proposal_vals(self, rank, pair, verdicts):
        engine = self.env["hub.pairing.engine"]
        people = self.env["res.partner"].browse(pair.volunteers)
        people = (people & self.kept_ids) | (people - self.kept_ids)
        new = people - self.kept_ids
        loads = engine._loads_after(self.lead_id, new)
        return {
            "rank": rank,
            "first_id": people[0].id,
            "second_id": people[1:].id,
            "words": engine._words(pair),
            "numbers": "\n".join(engine._numbers(pair)),
            "permille": pair.permille,
            "loads": ", ".join(
                engine._about(partner, load) for partner, load in loads.items()
            ),
            "warning": self._sentences(new, verdicts, "warnings"),
            "note": self._sentences(new, verdicts, "notes"),
        }

    def _prepare_person_vals(self, partner, verdicts):
        verdict = verdicts[partner]
        reasons = verdict.refusals or verdict.warnings
        return {
            "partner_id": partner.id,
            "with_reason": not verdict.refusals,
            "reason": "; ".join(reason.text for reason in reasons),
            "way_out": reasons[0].way_out,
        }

    @api.model
    def _sentences(self, partners, verdicts, kind):
        return "\n".join(
            self.env["hub.pairing.engine"]._about(partner, reason.text)
            for partner in partners
            for reason in getattr(verdicts[partner], kind)
        )
