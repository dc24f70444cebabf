from odoo import fields, models

LEGAL_FORMS = [
    ("micro", "Micro-enterprise"),
    ("sole", "Sole trader"),
    ("company", "Company"),
    ("cooperative", "Cooperative"),
    ("employment_cooperative", "Activity and employment cooperative"),
    ("association", "Association"),
    ("other", "Other"),
]


class CrmLead(models.Model):
    """What the figures of a year group projects by."""

    _inherit = "crm.lead"

    hub_legal_form = fields.Selection(
        LEGAL_FORMS,
        string="Legal form",
        help="Chosen or intended for the activity.",
    )
