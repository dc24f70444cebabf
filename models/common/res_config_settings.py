from odoo import fields, models

HUB_GROUPS = ",".join(
    f"solidarity_hub.group_hub_{name}"
    for name in ("adviser", "volunteer", "board", "finance")
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_active = fields.Boolean(related="company_id.hub_active")
    hub_reminder_days = fields.Integer(
        related="company_id.hub_reminder_days", readonly=False
    )
    hub_reminder_count = fields.Integer(
        related="company_id.hub_reminder_count", readonly=False
    )

    # Parts of the addon, for the whole database
    group_hub_feature_pairing = fields.Boolean(
        string="Pairing and accompaniment screens",
        implied_group="solidarity_hub.group_hub_feature_pairing",
        group=HUB_GROUPS,
    )
    group_hub_feature_cohort = fields.Boolean(
        string="Pairing of a whole cohort",
        implied_group="solidarity_hub.group_hub_feature_cohort",
        group=HUB_GROUPS,
    )
    group_hub_feature_needs = fields.Boolean(
        string="Register of needs",
        implied_group="solidarity_hub.group_hub_feature_needs",
        group=HUB_GROUPS,
    )
    group_hub_feature_lending = fields.Boolean(
        string="Solidarity loans",
        implied_group="solidarity_hub.group_hub_feature_lending",
        group=HUB_GROUPS,
    )
    group_hub_feature_colleges = fields.Boolean(
        string="Colleges and votes",
        implied_group="solidarity_hub.group_hub_feature_colleges",
        group=HUB_GROUPS,
    )
    group_hub_feature_review = fields.Boolean(
        string="Yearly review",
        implied_group="solidarity_hub.group_hub_feature_review",
        group=HUB_GROUPS,
    )
    group_hub_feature_knowledge = fields.Boolean(
        string="Exchange of knowledge",
        implied_group="solidarity_hub.group_hub_feature_knowledge",
        group=HUB_GROUPS,
    )
    group_hub_feature_dla = fields.Boolean(
        string="Local support scheme (DLA)",
        implied_group="solidarity_hub.group_hub_feature_dla",
        group=HUB_GROUPS,
    )

    def action_hub_setup(self):
        """Make the current company a hub with its team, stages and sequences."""
        self.company_id.action_hub_setup()
        return {"type": "ir.actions.client", "tag": "reload"}
