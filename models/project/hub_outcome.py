from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubOutcome(models.Model):
    """What a path led to; a project may have several outcomes."""

    _name = "hub.outcome"
    _description = "Outcome of a path"
    _inherit = ["hub.project.line.mixin"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [
            ("activity_created", "Activity created"),
            ("job", "Job"),
            ("training", "Training"),
            ("reorientation", "Reorientation"),
            ("stopped", "Project given up"),
            ("lost_contact", "Contact lost"),
            ("refused", "Not admitted"),
            ("other", "Other outcome"),
        ],
        required=True,
        index=True,
    )
    quantity = fields.Integer(
        string="How many",
        default=1,
        required=True,
        help="Activities, jobs or trainings counted by this line.",
    )
    jobs_fte = fields.Float(
        string="Full-time equivalent",
        digits=(6, 2),
        help="For jobs: 0.5 is a half-time job.",
    )
    job_kind = fields.Selection(
        [("own", "Own job"), ("salaried", "Salaried"), ("maintained", "Maintained")],
        string="Kind of job",
    )
    reason = fields.Text(
        help="Why, in words that the person may read. A refusal always has a reason."
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)", "The number of an outcome is never negative."
    )
    _fte_positive = models.Constraint(
        "CHECK(jobs_fte >= 0)", "Full-time equivalents are never negative."
    )

    @api.constrains("kind", "reason")
    def _check_refusal_has_a_reason(self):
        for outcome in self:
            if outcome.kind == "refused" and not (outcome.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "“%(project)s”: anybody may try, so not admitting a project"
                        " needs a reason. Write it on the outcome.",
                        project=outcome.lead_id.name,
                    )
                )

    @api.constrains("date", "lead_id")
    def _check_date_after_reception(self):
        for outcome in self:
            received = outcome.lead_id.hub_reception_date
            if received and outcome.date < received:
                raise ValidationError(
                    self.env._(
                        "“%(project)s” was received on %(received)s: an outcome on"
                        " %(date)s comes before. Correct one of the two dates.",
                        project=outcome.lead_id.name,
                        received=fields.Date.to_string(received),
                        date=fields.Date.to_string(outcome.date),
                    )
                )
