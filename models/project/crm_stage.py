from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

HUB_PHASES = [
    ("reception", "Reception"),
    ("diagnosis", "Diagnosis"),
    ("accompaniment", "Accompaniment"),
    ("launch", "Launch"),
    ("follow_up", "Follow-up after creation"),
    ("closed", "Path ended"),
]


class CrmStage(models.Model):
    _inherit = "crm.stage"

    hub_phase = fields.Selection(
        HUB_PHASES,
        string="Phase of the path",
        index="btree_not_null",
        copy=False,
        help="Set on the stages of the hub's projects, empty on sales stages: the two"
        " are never mixed.",
    )

    @api.constrains("hub_phase", "is_won")
    def _check_hub_phase_is_not_won(self):
        for stage in self.filtered(lambda stage: stage.hub_phase and stage.is_won):
            raise ValidationError(
                self.env._(
                    "“%(stage)s” is a phase of the hub's projects: it cannot be a won"
                    " stage. What a path led to is noted under its outcomes.",
                    stage=stage.name,
                )
            )

    @api.constrains("hub_phase")
    def _check_hub_phase_fits_records(self):
        """A stage changes sides only while nothing stands in it."""
        for stage in self:
            wrong = self.env["crm.lead"].sudo().with_context(active_test=False)
            if wrong.search_count(
                [
                    ("stage_id", "=", stage.id),
                    ("is_hub_project", "=", not stage.hub_phase),
                ],
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "“%(stage)s” is in use: a stage of sales does not become a"
                        " phase of the path, nor the other way round. Create another"
                        " stage.",
                        stage=stage.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_hub_phase(self):
        for stage in self.filtered("hub_phase"):
            raise UserError(
                self.env._(
                    "“%(stage)s” is a phase of the path of projects: rename it if you"
                    " like, it cannot be deleted.",
                    stage=stage.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        self._clear_hub_phases(vals_list)
        return stages

    def write(self, vals):
        result = super().write(vals)
        self._clear_hub_phases([vals])
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _clear_hub_phases(self, vals_list):
        if any("hub_phase" in vals or "sequence" in vals for vals in vals_list):
            self.env.registry.clear_cache()

    @api.model
    @tools.ormcache()
    def _hub_stage_ids(self):
        """Ids of the stages that belong to hubs, in the order of the path."""
        return tuple(
            self.sudo().search([("hub_phase", "!=", False)], order="sequence, id").ids
        )

    @api.model
    def _hub_stage(self, phase):
        """The stage of a phase, shared by all hubs."""
        return self.browse(self._hub_stage_ids()).filtered(
            lambda stage: stage.hub_phase == phase
        )[:1]
