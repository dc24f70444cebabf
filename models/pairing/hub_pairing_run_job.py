import logging
import time
from contextlib import contextmanager
from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_pairing_run_solve import SECONDS_IN_JOB

_logger = logging.getLogger(__name__)

WAITING = ("queued", "solving", "proposing")
# Two people at work on the same rows: the loser reads again and tries once more.
CONCURRENCY = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
    errors.UniqueViolation,
)
TRIES = 5
ATTEMPTS = 3  # of a search that is killed each time
LATER = timedelta(minutes=1)
LOCK_KEY = 1_213_547_601


class HubPairingRun(models.Model):
    """Long searches and long rounds of proposals, in the background.

    Each stage is committed: one sees where it stands, and a job that is killed goes on
    from there and doubles nothing.
    """

    _inherit = "hub.pairing.run"

    @api.model
    def _cron_run_jobs(self):
        """Go on with what waits, one run after the other."""
        runs = self.search(Domain("state", "in", WAITING), order="id", limit=20)
        worked = False
        for done, run in enumerate(runs, start=1):
            with run._alone_at_work() as alone:
                if alone:
                    run._run_job()
                    worked = True
            self.env["ir.cron"]._commit_progress(1, remaining=len(runs) - done)
        if self.search_count(Domain("state", "in", WAITING), limit=1):
            # What another process is at work on is looked at again a minute later.
            self._trigger_jobs(None if worked else LATER)

    def _queue(self, state, text):
        """Leave the work to a job, which begins within seconds."""
        self.ensure_one()
        self._set_stage(state, text, asked_by_id=self.env.uid, attempts=0, error=False)
        self._forget_activity()
        self._trigger_jobs()

    @api.model
    def _trigger_jobs(self, later=None):
        job = self.env.ref("solidarity_hub.ir_cron_hub_pairing_jobs").sudo()
        job._trigger(later and fields.Datetime.now() + later)

    @contextmanager
    def _alone_at_work(self):
        """Whether no other process is at work on this run.

        A row lock would end with the first commit; this one ends with the work, or
        with the process that is killed.
        """
        params = (LOCK_KEY, self.id)
        self.env.cr.execute(SQL("SELECT pg_try_advisory_lock(%s, %s)", *params))
        [alone] = self.env.cr.fetchone()
        try:
            yield alone
        finally:
            if alone:
                self.env.cr.execute(SQL("SELECT pg_advisory_unlock(%s, %s)", *params))

    def _run_job(self):
        """Do the work for whoever asked; an error is told and leaves the run usable."""
        self.ensure_one()
        self.invalidate_recordset()
        if self.state not in WAITING:
            return
        run = self._for_asker()
        try:
            run._count_attempt()
            if run.state == "proposing":
                run._propose_in_job()
            else:
                run._solve_in_job()
        except CONCURRENCY:
            # Somebody changed the run at this very moment: read it anew next time.
            self.env.cr.rollback()
        except Exception as error:
            self.env.cr.rollback()
            # Whoever asked may have lost the right meanwhile: it is told all the same.
            run.sudo()._note_error(error)
        self._commit_stage()

    def _for_asker(self):
        """The same run, seen by whoever asked for the work, in his language."""
        user = self.asked_by_id or self.user_id
        return (
            self.with_user(user)
            .with_company(self.company_id)
            .with_context(
                lang=user.lang,
                tz=user.tz,
                allowed_company_ids=self.company_id.ids,
            )
        )

    def _count_attempt(self):
        attempts = self.attempts + 1
        if attempts > ATTEMPTS:
            raise UserError(
                self.env._(
                    "The work was interrupted %(count)s times. Choose fewer projects or"
                    " people, or ask whoever looks after Odoo for more time for jobs.",
                    count=ATTEMPTS,
                )
            )
        self._unguarded().attempts = attempts
        self._commit_stage()

    def _commit_stage(self):
        """What was done until now is kept and seen by everybody."""
        self.env["ir.cron"]._commit_progress()

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _solve_in_job(self):
        def tell(text):
            self._set_stage("solving", text)
            self._commit_stage()

        self._solve(self._time_limit(SECONDS_IN_JOB), tell)
        self._tell_ready(self.env._("The pairs of the cohort are ready"))

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    def _propose_in_job(self):
        """Line by line, each in its own transaction; what is done stays done."""
        deadline = time.monotonic() + self._time_limit(SECONDS_IN_JOB)
        while line := self._lines_to_propose()[:1]:
            if self.state != "proposing" or time.monotonic() > deadline:
                return
            line._propose_alone()
            self.invalidate_recordset()
        self._close_proposing()
        self._tell_ready(self._proposed_text())

    def _proposed_text(self):
        problems = self.line_ids.filtered(lambda line: line.state == "problem")
        if problems:
            return self.env._(
                "The cohort is proposed; to settle: %(count)s", count=len(problems)
            )
        return self.env._("The people of the cohort are asked")

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def _tell_ready(self, text):
        """Whoever asked finds it among the activities, and sees it at once if there."""
        user = self.env.user
        self.activity_schedule(
            "mail.mail_activity_data_todo", summary=text, user_id=user.id
        )
        user._bus_send(
            "simple_notification",
            {"title": self.display_name, "message": text, "type": "success"},
        )

    def _forget_activity(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _note_error(self, error):
        """The run is usable again, and says what went wrong."""
        if isinstance(error, UserError):
            text = str(error)
        else:
            _logger.exception("%s: the work in the background failed", self)
            text = self.env._(
                "The work stopped on an unexpected error (%(error)s). What was done"
                " before stays, nothing was done by half. Try again; if it comes back,"
                " show this to whoever looks after Odoo.",
                error=f"{type(error).__name__}: {error}"[:200],
            )
        self._set_stage("solved" if self.line_ids else "draft", False, error=text)


class HubPairingRunLine(models.Model):
    """One project proposed in the background."""

    _inherit = "hub.pairing.run.line"

    def _propose_alone(self):
        """Propose in a transaction of its own, tried again where others are quicker."""
        for _try in range(TRIES):
            if self._propose_and_commit():
                return
        self._note_problem(
            self.env._(
                "Others are at work on the same people at this moment: propose again."
            )
        )
        self._tell_progress()

    def _propose_and_commit(self):
        """False when somebody else was quicker, and it is worth reading again."""
        try:
            self._propose()
            self._tell_progress()
        except CONCURRENCY:
            self.env.cr.rollback()
            return False
        except UserError as error:
            self.env.cr.rollback()
            self._note_problem(str(error))
            self._tell_progress()
        return True

    def _tell_progress(self):
        run = self.run_id
        lines = run.line_ids.filtered("sought")
        waiting = run._lines_to_propose()
        run._set_stage(
            run.state,
            run._proposing_text(len(lines - waiting), len(lines)),
            attempts=0,
        )
        run._commit_stage()
