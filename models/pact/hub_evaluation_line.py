from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class HubEvaluationLine(models.Model):
    """One indicator in one evaluation: two views, and what was agreed."""

    _name = "hub.evaluation.line"
    _description = "Line of an evaluation"
    _inherit = ["hub.agreed.line.mixin"]
    _check_company_auto = True

    evaluation_id = fields.Many2one(
        "hub.evaluation",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="evaluation_id.company_id", store=True, precompute=True, index=True
    )
    term_id = fields.Many2one(
        "hub.pact.term",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    indicator_id = fields.Many2one(domain=[("target", "=", "pact")])
    baseline_label = fields.Char(
        string="Starting point", compute="_compute_term_labels", compute_sudo=True
    )
    target_label = fields.Char(
        string="Target", compute="_compute_term_labels", compute_sudo=True
    )
    previous_label = fields.Char(
        string="Last time", compute="_compute_previous_label", compute_sudo=True
    )

    @api.depends("term_id")
    @api.depends_context("lang")
    def _compute_term_labels(self):
        for line in self:
            line.baseline_label = line.term_id and line.term_id._baseline_label()
            line.target_label = line.term_id and line.term_id._target_label()

    @api.depends("evaluation_id.date", "evaluation_id.root_id")
    @api.depends_context("lang")
    def _compute_previous_label(self):
        past = self.evaluation_id._agreed_lines()
        for line in self:
            key = line.evaluation_id.root_id, line.indicator_id
            day = line.evaluation_id.date
            before = [
                other
                for other in past.get(key, ())
                if other != line._origin and day and other.evaluation_id.date < day
            ]
            line.previous_label = before[-1].agreed_label if before else False

    @api.constrains("evaluation_id", "term_id", "indicator_id")
    def _check_term(self):
        for line in self:
            term = line.term_id
            if term and (
                term.indicator_id != line.indicator_id
                or term.pact_id.root_id != line.evaluation_id.root_id
            ):
                raise ValidationError(
                    self.env._(
                        "“%(indicator)s”: the term of evaluation belongs to another"
                        " pact or speaks of something else.",
                        indicator=line.indicator_id.name,
                    )
                )

    @api.constrains("evaluation_id", "indicator_id")
    def _check_indicator_once(self):
        for evaluation in self.evaluation_id:
            indicators = [line.indicator_id for line in evaluation.line_ids]
            for indicator in set(indicators):
                if indicators.count(indicator) > 1:
                    raise ValidationError(
                        self.env._(
                            "%(evaluation)s has “%(indicator)s” twice: one line for"
                            " each indicator is enough.",
                            evaluation=evaluation.display_name,
                            indicator=indicator.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines.filtered(lambda one: not one.term_id):
            line.term_id = line.evaluation_id.pact_id.sudo().term_ids.filtered(
                lambda term, i=line.indicator_id: term.indicator_id == i
            )
        return lines

    def write(self, vals):
        told = {"agreed_value", "comment"} & set(vals)
        changed = told and self.filtered(
            lambda line: any((line[n] or "") != (vals[n] or "") for n in told)
        )
        result = super().write(vals)
        if changed:
            changed.evaluation_id._begin()
            changed.evaluation_id._forget_agreements()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for line in self.filtered(lambda one: one._is_begun()):
            raise UserError(
                self.env._(
                    "“%(indicator)s”: people have given their view of it. Leave it, and"
                    " say in the comment why nothing was agreed.",
                    indicator=line.indicator_id.name,
                )
            )

    def _is_begun(self):
        self.ensure_one()
        return bool(self.sudo().view_ids or self.agreed_value or self.comment)

    def _frozen_values(self):
        indicator = self.indicator_id
        return {
            "indicator": indicator.name,
            "question": indicator.question or "",
            "kind": indicator.kind,
            "unit": indicator.unit or "",
            "steps": indicator._scale_steps(),
            "starting_point": self.baseline_label or "",
            "target": self.target_label or "",
            "views": [
                {"name": view.person_id.partner_id.display_name, "value": view.label}
                for view in self.view_ids
            ],
            "agreed": self.agreed_label or "",
            "comment": self.comment or "",
        }

    @api.model
    def _hub_domain_for(self, partner):
        """Lines of the evaluations of this person."""
        evaluations = self.env["hub.evaluation"]._hub_domain_for(partner)
        return Domain("evaluation_id", "any", evaluations)
