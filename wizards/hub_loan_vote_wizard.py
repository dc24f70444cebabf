from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

SECRETARIES = "solidarity_hub.group_hub_coordinator"
FINANCE = "solidarity_hub.group_hub_finance"
# Once it is convened the agenda belongs to whoever convened.
STATES_OF = {True: ("planned", "convened"), False: ("planned",)}


class HubLoanVoteWizard(models.TransientModel):
    """Bring loan applications to a meeting: a resolution for each, on its agenda.

    Finance prepares the meeting that way until it is convened, the coordination after
    that as well.
    """

    _name = "hub.loan.vote.wizard"
    _description = "Put loans to the vote"

    company_id = fields.Many2one(
        "res.company", string="Hub", default=lambda self: self.env.company
    )
    loan_ids = fields.Many2many("hub.loan", string="Loans", required=True)
    meeting_id = fields.Many2one(
        "hub.meeting",
        required=True,
        default=lambda self: self._default_meeting(),
        domain="[('company_id', '=', company_id),"
        " ('state', 'in', ('planned', 'convened'))]",
        help="Where the committee decides on them.",
    )
    is_convened = fields.Boolean(compute="_compute_is_convened")

    @api.model
    def _default_meeting(self):
        """The next meeting of a committee, or else of any body."""
        is_secretary = self.env.user.has_group(SECRETARIES)
        coming = self.env["hub.meeting"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "in", STATES_OF[is_secretary])
            & Domain("date", ">=", fields.Datetime.now()),
            order="date",
        )
        committees = coming.filtered(lambda one: one.body_id.kind == "committee")
        return (committees or coming)[:1]

    @api.depends("meeting_id.state")
    def _compute_is_convened(self):
        for wizard in self:
            wizard.is_convened = wizard.meeting_id.state == "convened"

    def action_put_to_vote(self):
        """Write the resolutions and open the meeting."""
        self.ensure_one()
        self.loan_ids.check_access("read")
        self.meeting_id.check_access("read")
        self._check_who()
        for loan in self.loan_ids:
            self._check_loan(loan)
        item = self._agenda_item()
        for loan in self.loan_ids:
            loan.sudo().resolution_id = item.resolution_ids.create(
                {
                    "meeting_id": item.meeting_id.id,
                    "agenda_item_id": item.id,
                    "name": loan._resolution_title(self.meeting_id.lang),
                }
            )
        return self.meeting_id._get_records_action()

    def _check_who(self):
        is_secretary = self.env.user.has_group(SECRETARIES)
        if not is_secretary and not self.env.user.has_group(FINANCE):
            raise AccessError(
                self.env._("Finance or the coordination brings loans to a meeting.")
            )
        if self.meeting_id.state not in STATES_OF[is_secretary]:
            raise UserError(
                self.env._(
                    "%(meeting)s: its agenda is closed to you. Choose a meeting that is"
                    " not convened yet, or ask the coordination.",
                    meeting=self.meeting_id.display_name,
                )
            )

    def _check_loan(self, loan):
        if loan.company_id != self.meeting_id.company_id:
            problem = self.env._("it belongs to another hub than the meeting.")
        elif loan.state != "submitted":
            problem = self.env._("submit the application first.")
        elif loan.sudo().resolution_id.state in ("draft", "open"):
            problem = self.env._(
                "it is already put to the vote, by “%(resolution)s”.",
                resolution=loan.sudo().resolution_id.display_name,
            )
        else:
            return
        raise UserError(
            self.env._("%(loan)s: %(problem)s", loan=loan.display_name, problem=problem)
        )

    def _agenda_item(self):
        """The item under which this meeting decides on loans."""
        meeting = self.meeting_id.sudo()
        loans = self.env["hub.loan"].sudo()
        there = loans.search([("resolution_id.meeting_id", "=", meeting.id)])
        known = there.resolution_id.agenda_item_id[:1]
        return known or known.create(
            {
                "meeting_id": meeting.id,
                "name": self.with_context(lang=meeting.lang).env._("Loan applications"),
                "kind": "decision",
            }
        )
