from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

PENDING = ("draft", "open")


class HubLoan(models.Model):
    """A loan that is put to the vote of a committee: who reads its file until the
    decision, who does not, and what the vote says of the decision."""

    _name = "hub.loan"
    _inherit = ["hub.loan", "hub.decided.mixin"]

    resolution_state = fields.Selection(
        related="resolution_id.state", string="State of the vote", tracking=False
    )
    resolution_result = fields.Selection(
        related="resolution_id.result", string="Outcome of the vote", tracking=False
    )
    is_vote_to_record = fields.Boolean(
        compute="_compute_is_vote_to_record",
        help="The committee has voted, and its decision is not written down yet.",
    )

    @api.depends("state", "resolution_id.state", "decision_ids.recorded_on")
    def _compute_is_vote_to_record(self):
        for loan in self:
            waiting = loan.state == "submitted" and loan._vote_to_record()
            loan.is_vote_to_record = bool(waiting)

    def _vote_to_record(self):
        """The resolution on which the committee has voted, until that is noted."""
        resolution = self.sudo().resolution_id
        over = resolution.state == "closed" and not self._decision_by(resolution)
        return resolution if over else resolution.browse()

    def _decision_by(self, resolution):
        """What was written down of the vote on this resolution."""
        return self.sudo().decision_ids.filtered(
            lambda one: one.recorded_on and one.resolution_id == resolution
        )

    # ------------------------------------------------------------
    # Who reads it, who does not
    # ------------------------------------------------------------

    @api.model
    def _hub_domain_concerned(self, whom):
        """Those who gain by the loan: borrowers, and the holders of its project."""
        holders = Domain("hub_holder_ids", "any!", Domain("partner_id", "any!", whom))
        return (
            Domain("partner_id", "any!", whom)
            | Domain("co_borrower_ids", "any!", whom)
            | Domain("lead_id", "any!", holders)
        )

    def _concerns(self, person):
        """Whether this person gains by the loan, or speaks for somebody who does."""
        self.ensure_one()
        behind = self.env["res.partner"]._hub_domain_behind(person)
        return bool(self.sudo().filtered_domain(self._hub_domain_concerned(behind)))

    @api.model
    def _domain_called(self, partner):
        """Until the decision: a file that is not (or no longer) before the committee
        is nobody's to judge."""
        return super()._domain_called(partner) & Domain("state", "=", "submitted")

    @api.model
    def _domain_read_by(self, user):
        """What somebody reads who does not read all loans: an adviser those of own
        projects, everybody those on which he or she is called to decide."""
        called = self._domain_called(user.partner_id)
        if not user.has_group("solidarity_hub.group_hub_adviser"):
            return called
        return Domain("lead_id.user_id", "=", user.id) | called

    @api.model
    def _domain_part_read_by(self, user):
        """The same for what belongs to a loan."""
        return Domain("loan_id", "any!", self._domain_read_by(user))

    # ------------------------------------------------------------
    # A vote is not exchanged for another
    # ------------------------------------------------------------

    def write(self, vals):
        if "resolution_id" in vals:
            self._check_resolution_open(vals["resolution_id"])
        return super().write(vals)

    def _check_resolution_open(self, resolution_id):
        for loan in self:
            before = loan.sudo().resolution_id
            if before.id == resolution_id or (not before and not resolution_id):
                continue
            problem = loan._resolution_problem(before)
            if problem:
                raise UserError(
                    self.env._(
                        "%(loan)s: %(problem)s",
                        loan=loan.display_name,
                        problem=problem,
                    )
                )

    def _resolution_problem(self, before):
        """Why the loan keeps the resolution it has, in a sentence; else None."""
        if self.state not in ("draft", "submitted"):
            return self.env._(
                "it is “%(state)s”: the vote that led there stays with it.",
                state=self._state_label(),
            )
        if before.state == "open":
            return self.env._(
                "the vote on “%(resolution)s” is open: close it, or begin it again"
                " later.",
                resolution=before.display_name,
            )
        if self._vote_to_record():
            return self.env._(
                "the committee has voted on “%(resolution)s”: write that decision down"
                " before the loan is put to another vote.",
                resolution=before.display_name,
            )
        return None

    def action_put_to_vote(self):
        """Bring these applications to a meeting of the committee."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_vote_wizard_action"
        )
        action["context"] = {"default_loan_ids": [Command.set(self.ids)]}
        return action

    def _resolution_title(self, lang):
        """On the agenda, which the members read who leave the vote as well: no name."""
        self.ensure_one()
        loan = self.sudo().with_context(lang=lang)
        return loan.env._(
            "Loan %(number)s: %(amount)s in %(count)s instalments",
            number=loan.name,
            amount=loan.currency_id.format(loan.amount),
            count=loan.periods,
        )

    # ------------------------------------------------------------
    # From the vote to the decision
    # ------------------------------------------------------------

    def _vote_problem(self, result):
        """Why a decision with this result is not written down now; else None."""
        resolution, over = self.sudo().resolution_id, self._vote_to_record()
        if resolution.state in PENDING:
            return self.env._(
                "the committee is called to vote on “%(resolution)s”. Close the vote,"
                " or withdraw the resolution, before the decision is written down.",
                resolution=resolution.display_name,
            )
        otherwise = {"adopted": ("refused",), "rejected": ("agreed", "conditions")}
        if result in otherwise.get(over.result, ()):
            return self.env._(
                "the vote on “%(resolution)s” says otherwise: %(explanation)s",
                resolution=resolution.display_name,
                explanation=resolution.explanation,
            )
        return None

    def _decision_proposal(self):
        """What the vote says, as values of the decision to write down."""
        self.ensure_one()
        resolution = self._vote_to_record()
        if not resolution:
            return {}
        meeting = resolution.meeting_id
        # Of a meeting held before its day, and of one recorded afterwards.
        day = min(meeting._day(), meeting._local(resolution.closed_on).date())
        return {
            "date": fields.Date.to_string(day),
            "committee": meeting.display_name,
            "result": "agreed" if resolution.result == "adopted" else "refused",
            "member_ids": self._members_proposal(resolution),
        }

    def _members_proposal(self, resolution):
        """Who sat there for the vote, and who left it."""
        moment = resolution._moment()
        reasons = {one.presence_id: one.reason for one in resolution.conflict_ids}
        return [
            Command.create(
                {
                    "partner_id": seat._sitting_person().id,
                    "conflict": reasons.get(seat, False),
                    "withdrew": seat in reasons,
                }
            )
            for seat in resolution.meeting_id.presence_ids.filtered("voting")
            if seat in reasons or seat._is_there(moment)
        ]
