from odoo import fields, models

REMINDER_MODES = [
    ("review", "Prepared, and sent after somebody looked"),
    ("auto", "Sent by themselves"),
    ("off", "Not at all"),
]


class ResCompany(models.Model):
    """How a hub goes about the life of its loans."""

    _inherit = "res.company"

    hub_loan_second_person = fields.Boolean(
        string="A second person agrees",
        help="To respites, reschedulings, waivers, losses, calls of guarantees and"
        " cancellations.",
    )
    hub_doubtful_apart = fields.Boolean(
        string="Doubtful loans on accounts of their own"
    )
    hub_loan_reminder_mode = fields.Selection(
        REMINDER_MODES,
        string="Reminders of late instalments",
        required=True,
        default="review",
    )
    hub_loan_reminder_gap = fields.Integer(
        string="Days between two reminders at least", default=10
    )
    hub_loan_contact_id = fields.Many2one(
        "res.users",
        string="Contact for borrowers",
        help="Named in reminders, with a telephone number, where the loan names"
        " nobody.",
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        self.env["hub.loan.impairment.rule"]._set_up(self)
        self.env["hub.loan.declaration.rule"]._set_up(self)
        self.env["hub.loan.reminder.level"]._set_up(self)
        return result
