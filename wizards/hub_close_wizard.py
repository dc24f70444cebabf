from odoo import api, fields, models


class HubCloseWizard(models.TransientModel):
    """Say what a path led to; several outcomes may be noted one after the other."""

    _name = "hub.close.wizard"
    _description = "End a path"

    lead_id = fields.Many2one("crm.lead", string="Project", required=True)
    outcome_ids = fields.One2many(related="lead_id.hub_outcome_ids")
    kind = fields.Selection(
        lambda self: (
            self.env["hub.outcome"]._fields["kind"]._description_selection(self.env)
        ),
        string="What it led to",
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    quantity = fields.Integer(string="How many", default=1, required=True)
    jobs_fte = fields.Float(string="Full-time equivalent", digits=(6, 2))
    job_kind = fields.Selection(
        lambda self: (
            self.env["hub.outcome"]._fields["job_kind"]._description_selection(self.env)
        ),
        string="Kind of job",
    )
    reason = fields.Text()
    situation_ids = fields.One2many("hub.situation.entry", "close_id")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "situation_ids" in fields:
            lead = self.env["crm.lead"].browse(values.get("lead_id"))
            lead = lead.filtered("hub_accompaniment_start")
            values["situation_ids"] = self.env["hub.situation.entry"]._lines_for(
                lead, "exit"
            )
        return values

    def action_close(self):
        """Note the outcome and end the path.

        Where the person stands at the exit is asked here; what was left out waits on
        the overview. The look back six months later is planned by itself.
        """
        self._note_outcome()
        self.lead_id.stage_id = self.env["crm.stage"]._hub_stage("closed")

    def action_follow_up(self):
        """Note the outcome and stay beside the activity that was created."""
        self._note_outcome()
        self.lead_id.stage_id = self.env["crm.stage"]._hub_stage("follow_up")

    def action_add(self):
        """Note the outcome and ask for another one."""
        self._note_outcome()
        return self.lead_id.action_hub_close()

    def _note_outcome(self):
        self.ensure_one()
        is_job = self.kind == "job"
        self.env["hub.outcome"].create(
            {
                "lead_id": self.lead_id.id,
                "kind": self.kind,
                "date": self.date,
                "quantity": self.quantity,
                "jobs_fte": self.jobs_fte if is_job else 0,
                "job_kind": is_job and self.job_kind,
                "reason": self.reason,
            }
        )
        self.situation_ids._note("exit", self.date)
