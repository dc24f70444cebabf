from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..common.hub_asking_mixin import CALL

EXIT_MOMENT = "m06"
TRIES = 3
DAYS_BETWEEN_TRIES = 7
ANSWER = {
    "done_on": False,
    "channel": False,
    "asked_by_id": False,
    "alive": False,
    "stopped_on": False,
    "alive_quantity": 0,
    "own_jobs": 0,
    "salaried_jobs": 0,
    "jobs_fte": 0,
    "turnover": 0,
    "words": False,
}


class HubFollowUp(models.Model):
    """Calling: who has to, what was answered, and when nobody answers any more."""

    _inherit = "hub.follow.up"

    told_on = fields.Date(string="Call asked for on", copy=False, readonly=True)
    activity_id = fields.Many2one(
        "mail.activity",
        string="Call to make",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    tries = fields.Integer(
        string="Calls without an answer", copy=False, readonly=True, aggregator=None
    )
    last_try_on = fields.Date(string="Last call", copy=False, readonly=True)

    def write(self, vals):
        result = super().write(vals)
        if {"done_on", "alive", "stopped_on"} & set(vals):
            self.sudo()._after_answer()
        return result

    def unlink(self):
        self.sudo().activity_id.unlink()
        return super().unlink()

    def _after_answer(self):
        self.filtered("done_on").activity_id.unlink()
        for rows in self.filtered("outcome_id").grouped("outcome_id").values():
            rows.outcome_id.follow_up_ids._close_after_stop()

    def _tell_advisers(self):
        """A call to make, for whoever is in charge of the project."""
        vals_list = [follow_up._prepare_call_vals() for follow_up in self]
        activities = self._create_activities(vals_list)
        for follow_up, activity in zip(self, activities, strict=True):
            follow_up._unguarded().write(
                {"told_on": self._today(), "activity_id": activity.id}
            )

    def _prepare_call_vals(self):
        lead = self.lead_id
        user = self._first_of_team(lead.user_id, self.company_id)
        row = self.with_context(lang=user.lang)
        person = lead.partner_id
        name = person.name or row.env._("the project holder")
        summary = self._call_summary(row.env, name, person.phone)
        lines = [
            row._question(),
            row.env._("Note the answer under Follow-ups, on the project."),
        ]
        return self._prepare_activity_vals(lead, CALL, user, summary, lines)

    def _asks_situation(self):
        """Funders ask where people stand six months after."""
        return self.moment == EXIT_MOMENT

    def _question(self):
        """What the call is about, in one sentence."""
        self.ensure_one()
        moments = dict(self._fields["moment"]._description_selection(self.env))
        moment = moments[self.moment]
        if self.kind == "exit":
            return self.env._(
                "%(moment)s: where does the person stand since the path has ended?",
                moment=moment,
            )
        return self.env._(
            "%(moment)s: is the activity alive, and who works there?", moment=moment
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_call(self):
        """The screen of the call: number, former answers, questions."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_follow_up_call_action"
        )
        action["context"] = {"default_follow_up_id": self.id}
        return action

    def action_no_answer(self):
        """Nobody answered: try again in a week; after some calls it is not known."""
        self.check_access("write")
        today = self._today()
        for follow_up in self:
            follow_up._check_is_open()
            tries = follow_up.tries + 1
            follow_up._unguarded().write({"tries": tries, "last_try_on": today})
            if tries < TRIES:
                follow_up.sudo().activity_id.date_deadline = today + timedelta(
                    days=DAYS_BETWEEN_TRIES
                )
            else:
                follow_up._note_lost_contact()

    def _note_lost_contact(self):
        self.write(
            {
                "done_on": self._today(),
                "channel": "phone",
                "asked_by_id": self.env.uid,
                "alive": "unknown",
            }
        )

    def _check_is_open(self):
        if self.done_on or self.is_closed:
            raise UserError(
                self.env._(
                    "“%(follow_up)s” is answered, or no longer to be asked.",
                    follow_up=self.display_name,
                )
            )

    def action_reopen(self):
        """The answer was noted on the wrong line: ask again."""
        self.check_access("write")
        self._unguarded().write({**ANSWER, "tries": 0, "last_try_on": False})

    def _former(self):
        """The answers about the same activity before this one, the latest first."""
        self.ensure_one()
        return self.search(
            [
                ("outcome_id", "=", self.outcome_id.id or 0),
                ("done_on", "!=", False),
                ("planned_on", "<", self.planned_on),
            ],
            order="planned_on desc",
        )

    def _former_words(self):
        """“10 March 2025: alive, 2 people at work”, one line for each."""
        findings = dict(self._fields["alive"]._description_selection(self.env))
        return "\n".join(
            self.env._(
                "%(date)s: %(finding)s, people at work: %(jobs)s",
                date=format_date(self.env, row.done_on),
                finding=findings.get(row.alive, "").lower(),
                jobs=row.jobs,
            )
            for row in self._former()
        )
