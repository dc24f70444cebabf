from odoo import api, fields, models
from odoo.fields import Domain


class HubDiagnosisLine(models.Model):
    """One finding: a resource, a project that emerges, a need, a constraint."""

    _name = "hub.diagnosis.line"
    _description = "Finding of a diagnosis"
    _order = "diagnosis_id, kind, sequence, id"
    _check_company_auto = True

    diagnosis_id = fields.Many2one(
        "hub.diagnosis", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="diagnosis_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("resource", "Resource"),
            ("emerging_project", "Emerging project"),
            ("need", "Need"),
            ("constraint", "Constraint"),
        ],
        required=True,
        default="resource",
    )
    name = fields.Text(string="Finding", required=True)
    need_id = fields.Many2one(
        "hub.need",
        string="From the register",
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
    )
    origin_line_id = fields.Many2one(
        "hub.diagnosis.line",
        string="In the version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    change = fields.Selection(
        [("same", "As before"), ("changed", "Changed"), ("new", "New")],
        string="Since the version before",
        compute="_compute_change",
    )

    @api.depends("name", "kind", "origin_line_id.name", "origin_line_id.kind")
    def _compute_change(self):
        for line in self:
            origin = line.origin_line_id
            if not origin:
                line.change = "new"
            elif (origin.name, origin.kind) != (line.name, line.kind):
                line.change = "changed"
            else:
                line.change = "same"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.diagnosis_id._check_open()
        return lines

    def write(self, vals):
        self.diagnosis_id._check_open()
        result = super().write(vals)
        if "diagnosis_id" in vals:
            self.diagnosis_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self.diagnosis_id._check_open()

    @api.model
    def _hub_domain_for(self, partner):
        """Findings of the diagnoses this person took part in."""
        diagnoses = self.env["hub.diagnosis"]._hub_domain_for(partner)
        return Domain("diagnosis_id", "any", diagnoses)
