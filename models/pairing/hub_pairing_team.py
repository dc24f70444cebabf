from odoo import api, models
from odoo.fields import Domain

from ..common.hub_asking_mixin import CALL
from .hub_pairing import PLACES
from .hub_pairing_asking import ASKED_STATE

ANSWERED = {"state", "volunteer_answer", "holder_answer"}


class HubPairing(models.Model):
    """What the team of the hub is asked to do about a proposal."""

    _inherit = "hub.pairing"

    def write(self, vals):
        result = super().write(vals)
        if ANSWERED & set(vals):
            self.sudo()._drop_activities()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        pairings = super().create(vals_list)
        pairings.sudo()._drop_settled_declines()
        return pairings

    def _in_charge(self):
        """Adviser in charge of the project, else the coordinator who proposed."""
        self.ensure_one()
        users = self.lead_id.user_id | self.run_id.user_id | self.create_uid
        return self._first_of_team(users, self.company_id)

    def _ask_team_to_call(self, side, why):
        """Whoever cannot be reached, or does not answer, is called.

        :param why: ``no_email``, ``not_sent`` or ``no_answer``
        """
        rows = self.grouped(lambda p: (p.lead_id, p._asked_person(side))).values()
        vals_list = [row._prepare_call_vals(side, why) for row in rows]
        activities = self._create_activities(vals_list)
        for row, activity in zip(rows, activities, strict=True):
            row._unguarded().write(
                {f"{side}_to_call": True, f"{side}_activity_id": activity.id}
            )

    def _prepare_call_vals(self, side, why):
        first = self[:1]
        user = first._in_charge()
        env = first.with_context(lang=user.lang).env
        person = first._asked_person(side)
        who = person.name or env._("the project holder")
        reasons = {
            "no_email": env._("There is no e-mail address."),
            "not_sent": env._("The e-mail could not be written."),
            "no_answer": env._("There was no answer to the e-mails."),
        }
        about = (
            env._("Proposed to accompany “%(project)s”.", project=first.lead_id.name)
            if side == "volunteer"
            else env._(
                "“%(project)s”: %(people)s would like to accompany it. Does the holder"
                " agree?",
                project=first.lead_id.name,
                people=", ".join(self.volunteer_id.mapped("name")),
            )
        )
        lines = [
            reasons[why],
            about,
            env._(
                "Note the answer in the tab Pair of the project; the link for a text"
                " message can be copied there as well."
            ),
        ]
        summary = self._call_summary(env, who, person.phone)
        return first._prepare_activity_vals(first.lead_id, CALL, user, summary, lines)

    def _is_awaited(self, side):
        self.ensure_one()
        return self.state == ASKED_STATE[side] and self[f"{side}_answer"] == "waiting"

    def _drop_activities(self):
        """What the team had to do about somebody who has answered is done."""
        done = self.env["mail.activity"]
        for pairing in self:
            for side in ASKED_STATE:
                if not pairing._is_awaited(side):
                    done |= pairing[f"{side}_activity_id"]
        if done:
            # One call may be about two people: it stays while one of them is awaited.
            rows = self.search(Domain("holder_activity_id", "in", done.ids))
            awaited = rows.filtered(lambda p: p._is_awaited("holder"))
            (done - awaited.holder_activity_id).unlink()

    def _drop_settled_declines(self):
        """Whom to ask next is settled once both places are given."""
        full = self.lead_id.filtered(lambda lead: lead.hub_pair_count == len(PLACES))
        self.search(self._domain_declined(full))._drop_decline_activities()

    @api.model
    def _domain_declined(self, leads):
        return Domain("lead_id", "in", leads.ids) & Domain("state", "=", "declined")

    def _drop_decline_activities(self):
        (self.volunteer_activity_id | self.holder_activity_id).unlink()
