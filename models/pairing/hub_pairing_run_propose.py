from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .hub_pairing import OPEN_STATES

# Proposed while one waits; more than that goes to a job.
AT_ONCE = 10


class HubPairingRun(models.Model):
    """Asking all the people of a cohort, project by project."""

    _inherit = "hub.pairing.run"

    def action_propose(self):
        """Create the places of all the pairs, and ask the people.

        A few at once; many by a job that says how far it is.
        """
        self.ensure_one()
        lines = self._lines_to_propose()
        self._check_can_propose(lines)
        self._forget_activity()
        if len(lines) > AT_ONCE:
            self._queue("proposing", self._proposing_text(0, len(lines)))
        else:
            lines._propose_now()
            self._close_proposing()
        return True

    def _lines_to_propose(self):
        return self.line_ids.filtered(lambda line: line.state == "paired")

    def _check_can_propose(self, lines):
        self.check_access("write")
        self._check_open()
        if not lines:
            raise UserError(
                self.env._(
                    "%(run)s: there is no pair to propose. Search first, or choose the"
                    " people by hand.",
                    run=self.display_name,
                )
            )
        lines._check_reasons()

    def _close_proposing(self):
        """Everybody is asked, or some are left to settle."""
        left = self.line_ids.filtered(lambda line: line.state in ("paired", "problem"))
        self._set_stage("solved" if left else "proposed", False)

    def _proposing_text(self, done, total):
        return self.env._(
            "%(done)s of %(total)s projects proposed", done=done, total=total
        )


class HubPairingRunLine(models.Model):
    """Asking the people of one project; what stands against it stops no other."""

    _inherit = "hub.pairing.run.line"

    def action_propose(self):
        """Create the places of this project alone, and ask the people."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self._take_up_again()
        if self.state != "paired":
            self._raise_choice(self.env._("there is no pair to propose"))
        self._check_reasons()
        self._propose_now()
        self.run_id._close_proposing()
        return True

    def _check_reasons(self):
        """Whoever is full, untrained or unsigned is asked for a written reason only."""
        for line in self:
            if line.warning and not (line.override_reason or "").strip():
                raise UserError(
                    self.env._(
                        "“%(project)s”: %(warning)s. If you choose them all the same,"
                        " write the reason beside the pair.",
                        project=line.display_name,
                        warning="; ".join(line.warning.splitlines()),
                    )
                )

    def _propose_now(self):
        for line in self:
            line._propose_in_savepoint()

    def _propose_in_savepoint(self):
        try:
            with self.env.cr.savepoint():
                self._propose()
        except UserError as error:
            self._note_problem(str(error))

    def _propose(self):
        """The places, the e-mails and the mark on the line: all of it or nothing."""
        self.ensure_one()
        if self.state != "paired":
            return
        pairings, engine = self.env["hub.pairing"], self.env["hub.pairing.engine"]
        lead, new = self.lead_id, self._newcomers()
        pairings._lock_places(lead.ids, new.ids)
        self._check_still_so(new)
        people = self.kept_ids | new
        kept = engine._kept_places(lead)
        places = pairings._create_places(
            lead,
            new,
            engine._value(lead, people, kept),
            override_reason=self.override_reason,
            run_id=self.run_id.id,
            run_line_id=self.id,
        )
        places.action_send()
        self._unguarded().write({"state": "proposed", "problem": False})

    def _check_still_so(self, new):
        """What the coordinator read when deciding must still hold."""
        lead = self.lead_id
        if not lead.active or lead.hub_phase == "closed":
            raise UserError(self.env._("The path of this project has ended."))
        if len(new) != self.sought or len(self.kept_ids | new) > 2:
            raise UserError(
                self.env._(
                    "The people beside this project changed in the meantime: %(names)s"
                    " now. Search again.",
                    names=", ".join(self.kept_ids.mapped("display_name"))
                    or self.env._("nobody"),
                )
            )
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(lead, new)
        meanwhile = self._meanwhile_text(new)
        for partner in new:
            verdict = verdicts[partner]
            if verdict.refusals:
                reason = verdict.refusals[0]
                self._raise_problem(
                    meanwhile,
                    self.env["hub.pairing.engine"]._about(partner, reason.text),
                    reason.way_out,
                )
        warning = self._warning_text(new, verdicts)
        if warning and warning != self.warning:
            self._raise_problem(
                meanwhile,
                warning,
                self.env._(
                    "Search again, choose somebody else, or write the reason and"
                    " propose again."
                ),
            )

    def _raise_problem(self, *sentences):
        raise UserError("\n".join(filter(None, sentences)))

    def _warning_text(self, people, verdicts):
        engine = self.env["hub.pairing.engine"]
        return "\n".join(
            engine._about(partner, reason.text)
            for partner in people
            for reason in verdicts[partner].warnings
        )

    def _meanwhile_text(self, people):
        """Who was asked for what by whom since the search."""
        since = self.run_id.solved_on
        asked = (
            self.env["hub.pairing"]
            .sudo()
            .search(
                Domain("volunteer_id", "in", people.ids)
                & Domain("company_id", "=", self.company_id.id)
                & Domain("state", "in", OPEN_STATES)
                & Domain("create_date", ">=", since)
                & Domain("lead_id", "!=", self.lead_id.id),
                limit=5,
            )
        )
        return "\n".join(
            self.env._(
                "%(person)s was asked for “%(project)s” in the meantime by %(user)s.",
                person=place.volunteer_id.display_name,
                project=place.lead_id.name,
                user=place.create_uid.name,
            )
            for place in asked
        )

    def _note_problem(self, text):
        """The line stays, with what is to settle; the people are looked at again."""
        self.ensure_one()
        new = self._newcomers()
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(self.lead_id, new)
        self._unguarded().write(
            {
                "state": "problem",
                "problem": text,
                "warning": self._warning_text(new, verdicts),
                "override_reason": False,
            }
        )
