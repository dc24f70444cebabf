from odoo import fields, models
from odoo.fields import Command

FORMS = [
    ("accompaniment_contract", "Accompaniment contract"),
    ("local_pact", "Local pact"),
    ("convention", "Convention"),
]


class HubPactTemplate(models.Model):
    """A text that a hub starts from: its goals, commitments and terms of evaluation."""

    _name = "hub.pact.template"
    _description = "Pact template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    form = fields.Selection(FORMS, required=True, default="accompaniment_contract")
    sequence = fields.Integer(default=10)
    duration_months = fields.Integer(
        string="Months", default=12, help="How long a pact made from it lasts at first."
    )
    review_months = fields.Integer(
        string="First look after (months)",
        default=6,
        help="When the parties meet again to look at how it goes.",
    )
    purpose = fields.Html(
        translate=True, help="Opening text: why the parties come together."
    )
    clauses = fields.Html(
        string="Life of the pact",
        translate=True,
        help="Opening to others, new appraisal, amendment, leaving, end.",
    )
    goal_ids = fields.One2many("hub.pact.template.goal", "template_id", copy=True)
    commitment_ids = fields.One2many(
        "hub.pact.template.commitment", "template_id", copy=True
    )
    term_ids = fields.One2many("hub.pact.template.term", "template_id", copy=True)
    company_id = fields.Many2one(
        "res.company", string="Hub", help="Empty: offered to every hub.", index=True
    )
    active = fields.Boolean(default=True)

    def _pact_vals(self, lang):
        """Content of a new pact in one language."""
        self.ensure_one()
        text = self.with_context(lang=lang)
        return {
            "form": self.form,
            "purpose": text.purpose,
            "clauses": text.clauses,
            "goal_ids": [Command.create(line._pact_vals()) for line in text.goal_ids],
            "commitment_ids": [
                Command.create(line._pact_vals()) for line in text.commitment_ids
            ],
            "term_ids": [Command.create(line._pact_vals()) for line in text.term_ids],
        }
