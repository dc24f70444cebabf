from datetime import timedelta

from odoo import fields

from ..finance.common import LoanMixin
from .common import GovernanceMixin


class CommitteeMixin(LoanMixin, GovernanceMixin):
    """A hub that lends, with a credit committee of five seats and loans before it."""

    @classmethod
    def _set_up_hub(cls):
        cls._set_up_lending()
        return super()._set_up_hub()

    @classmethod
    def _set_up_committee(cls):
        cls._set_up_board(
            seats=1, name="Credit committee", kind="committee", quorum=False
        )
        cls.member = cls.users["board"]
        cls.member.partner_id = cls.people["funders", 1]
        cls.meeting = cls._plan()

    @classmethod
    def _applied(cls, **values):
        """An application before the committee."""
        day = fields.Date.today() + timedelta(days=40)
        loan = cls._create_loan(
            disbursement_date=day,
            first_due_date=day + timedelta(days=31),
            purpose="An oven",
            instruction="<p>Two conventions are signed.</p>",
            **values,
        )
        loan.action_submit()
        return loan

    @classmethod
    def _put_to_vote(cls, loans, meeting=None, role=None):
        """As finance or the coordination does, from the loans."""
        wizards = cls.env["hub.loan.vote.wizard"]
        if role:
            wizards = wizards.with_user(cls.users[role])
        wizard = wizards.create(
            {
                "loan_ids": [fields.Command.set(loans.ids)],
                "meeting_id": (meeting or cls.meeting).id,
            }
        )
        wizard.action_put_to_vote()
        return loans.resolution_id

    @classmethod
    def _begin(cls, present=None):
        """Open the meeting, with these seats present; all by default."""
        if cls.meeting.state == "planned":
            cls.meeting.action_convene()
        cls.meeting.action_open()
        for seat in present or cls.people:
            cls._line(cls.meeting, *seat).action_present()
