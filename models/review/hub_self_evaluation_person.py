from odoo import fields, models


class HubSelfEvaluationPerson(models.Model):
    """Somebody who is asked. Whether they answered is known, what they said is not."""

    _name = "hub.self.evaluation.person"
    _description = "Person asked in a self-evaluation"
    _inherit = ["hub.asked.person.mixin"]
    # When a row was touched would tell whose answers came in then.
    _log_access = False
    _order = "evaluation_id, college_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _frozen_parent = "evaluation_id"
    _asked_path = "self-evaluation"
    _asked_template = "solidarity_hub.mail_template_self_evaluation"

    evaluation_id = fields.Many2one(
        "hub.self.evaluation",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="evaluation_id.company_id", store=True, precompute=True, index=True
    )
