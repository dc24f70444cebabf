from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.pact.hub_evaluation import ENTRY_CHANNELS


class HubEvaluationAgreeWizard(models.TransientModel):
    """Notes down that they agreed, for one or many of those who take part."""

    _name = "hub.evaluation.agree.wizard"
    _description = "Agreed together"

    evaluation_id = fields.Many2one("hub.evaluation", required=True, readonly=True)
    person_ids = fields.Many2many(
        "hub.evaluation.person",
        "hub_evaluation_agree_wizard_person_rel",
        "wizard_id",
        "person_id",
        string="Who agrees",
        domain="[('evaluation_id', '=', evaluation_id), ('excused', '=', False),"
        " ('answer', '!=', 'yes')]",
        compute="_compute_person_ids",
        store=True,
        readonly=False,
    )
    agreed_on = fields.Date(
        string="On", required=True, default=fields.Date.context_today
    )
    channel = fields.Selection(
        ENTRY_CHANNELS, string="How", required=True, default="in_person"
    )

    @api.depends("evaluation_id")
    def _compute_person_ids(self):
        for wizard in self:
            wizard.person_ids = wizard.evaluation_id.person_ids.filtered(
                lambda person: not person.excused and person.answer != "yes"
            )

    def action_confirm(self):
        """Note it; the last yes closes the evaluation."""
        self.ensure_one()
        people = self.person_ids
        if not people:
            raise UserError(self.env._("Choose at least one person who agrees."))
        if self.agreed_on > fields.Date.context_today(self):
            raise UserError(self.env._("They cannot have agreed in the future."))
        self.evaluation_id.check_access("write")
        if people.evaluation_id != self.evaluation_id:
            raise UserError(self.env._("These people take part in another evaluation."))
        people.filtered(lambda p: p.answer == "no")._reset_answer()
        people._agree(self.channel, self.agreed_on)
        return {"type": "ir.actions.act_window_close"}
