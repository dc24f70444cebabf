from odoo import api, fields, models
from odoo.exceptions import ValidationError

MEASURES = [
    ("persons", "Persons accompanied"),
    ("organisations", "Organisations accompanied"),
    ("projects", "Projects accompanied"),
    ("activities", "Activities created"),
    ("jobs", "Jobs"),
    ("trainings", "Trainings"),
    ("attendances", "Attendances at collective moments"),
    ("hours_paid", "Hours of employees"),
    ("hours_given", "Hours of volunteers"),
]


class HubProgrammeTarget(models.Model):
    """So many of something within a period, as the convention says."""

    _name = "hub.programme.target"
    _description = "Target of a programme"
    _order = "programme_id, date_from, id"
    _check_company_auto = True

    programme_id = fields.Many2one(
        "hub.programme", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="programme_id.company_id", store=True, precompute=True, index=True
    )
    measure = fields.Selection(MEASURES, string="What", default="persons")
    indicator_id = fields.Many2one(
        "hub.programme.indicator",
        string="Or an indicator",
        domain=[("is_typed", "=", False)],
        ondelete="restrict",
        index="btree_not_null",
    )
    number = fields.Float(string="Target", required=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    reached = fields.Float(compute="_compute_reached", compute_sudo=True)
    share = fields.Float(string="%", compute="_compute_reached", compute_sudo=True)

    _number_positive = models.Constraint(
        "CHECK(number > 0)", "A target is more than nothing."
    )
    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "A target ends on or after the day it starts."
    )

    @api.depends("measure", "indicator_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["measure"]._description_selection(self.env))
        for target in self:
            label = labels.get(target.measure, "")
            target.display_name = target.indicator_id.display_name or label

    @api.onchange("indicator_id")
    def _onchange_indicator_id(self):
        if self.indicator_id:
            self.measure = False

    @api.constrains("measure", "indicator_id")
    def _check_one_thing(self):
        for target in self:
            if bool(target.measure) == bool(target.indicator_id):
                raise ValidationError(
                    self.env._(
                        "%(programme)s: a target is set for one thing. Choose what, or"
                        " an indicator.",
                        programme=target.programme_id.name,
                    )
                )

    @api.model
    def default_get(self, fields):
        """The period of the programme, until another is chosen."""
        values = super().default_get(fields)
        programme = self.env["hub.programme"].browse(
            self.env.context.get("default_programme_id")
        )
        for name, own in (("date_from", "date_start"), ("date_to", "date_end")):
            if name in fields and not values.get(name) and programme[own]:
                values[name] = programme[own]
        return values

    @api.depends(
        "programme_id", "measure", "indicator_id", "date_from", "date_to", "number"
    )
    def _compute_reached(self):
        programmes = self.programme_id._origin
        facts = programmes._facts()
        for target in self:
            known = facts.get(target.programme_id._origin.id)
            complete = target.date_from and target.date_to and known
            target.reached = target._reached(known) if complete else 0
            target.share = target.reached / target.number if target.number else 0

    def _reached(self, facts):
        """What is reached of it, by the facts of its programme."""
        if self.indicator_id:
            return len(facts.counted(self.indicator_id, self.date_from, self.date_to))
        if not self.measure:
            return 0
        return facts.measure(self.measure, self.date_from, self.date_to)
