from odoo import api, fields, models

ANSWERED = (
    "channel",
    "alive",
    "stopped_on",
    "alive_quantity",
    "own_jobs",
    "salaried_jobs",
    "jobs_fte",
    "turnover",
    "words",
)
OF_A_LIVING_ACTIVITY = ("own_jobs", "salaried_jobs", "jobs_fte", "turnover")


class HubFollowUpCall(models.TransientModel):
    """The screen of a call: the number, what was answered before, the questions."""

    _name = "hub.follow.up.call"
    _description = "Call about what became of a project"

    follow_up_id = fields.Many2one("hub.follow.up", required=True, readonly=True)
    lead_id = fields.Many2one(related="follow_up_id.lead_id")
    kind = fields.Selection(related="follow_up_id.kind")
    moment = fields.Selection(related="follow_up_id.moment")
    state = fields.Selection(related="follow_up_id.state")
    start_on = fields.Date(related="follow_up_id.start_on")
    tries = fields.Integer(related="follow_up_id.tries")
    last_try_on = fields.Date(related="follow_up_id.last_try_on")
    partner_id = fields.Many2one(
        related="follow_up_id.partner_id", string="Contact person", help="Whom to call."
    )
    phone = fields.Char(related="follow_up_id.phone")
    created = fields.Integer(related="follow_up_id.outcome_id.quantity")
    former = fields.Text(string="Answered before", compute="_compute_former")

    done_on = fields.Date(
        string="Answer of", required=True, default=fields.Date.context_today
    )
    channel = fields.Selection(
        lambda self: self._options("channel"),
        string="How",
        required=True,
        default="phone",
    )
    alive = fields.Selection(
        lambda self: self._options("alive"), string="Is the activity alive?"
    )
    stopped_on = fields.Date(string="Stopped on")
    alive_quantity = fields.Integer(string="Of them alive")
    own_jobs = fields.Integer(string="Holders who work there")
    salaried_jobs = fields.Integer(string="Salaried people")
    jobs_fte = fields.Float(string="Full-time equivalent", digits=(6, 2))
    currency_id = fields.Many2one(related="follow_up_id.currency_id")
    turnover = fields.Monetary(string="Turnover of the year")
    words = fields.Text(string="In words")
    situation_ids = fields.One2many("hub.situation.entry", "call_id")

    @api.model
    def _options(self, name):
        field = self.env["hub.follow.up"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, fields):
        """What is noted already is corrected, not typed again."""
        values = super().default_get(fields)
        follow_up = self.env["hub.follow.up"].browse(values.get("follow_up_id"))
        if follow_up.done_on:
            values |= {
                name: follow_up[name]
                for name in ("done_on", *ANSWERED)
                if name in fields
            }
        if "situation_ids" in fields and follow_up._asks_situation():
            values["situation_ids"] = self.env["hub.situation.entry"]._lines_for(
                follow_up.lead_id, "plus_6"
            )
        return values

    @api.depends("follow_up_id")
    def _compute_former(self):
        for call in self:
            call.former = call.follow_up_id._former_words()

    def action_save(self):
        """Note the answers; later looks back at what has stopped are closed."""
        self.ensure_one()
        follow_up = self.follow_up_id
        follow_up.check_access("write")
        vals = {name: self[name] for name in ANSWERED}
        if follow_up.kind == "exit":
            vals |= {"alive": False, "stopped_on": False}
        if vals["alive"] not in ("active", "transferred"):
            vals |= dict.fromkeys((*OF_A_LIVING_ACTIVITY, "alive_quantity"), 0)
        if vals["alive"] != "stopped":
            vals["stopped_on"] = False
        follow_up.write({**vals, "done_on": self.done_on, "asked_by_id": self.env.uid})
        if follow_up._asks_situation():
            self.situation_ids._note("plus_6", self.done_on)
        return {"type": "ir.actions.act_window_close"}

    def action_no_answer(self):
        """Nobody answered the call."""
        self.ensure_one()
        self.follow_up_id.action_no_answer()
        return {"type": "ir.actions.act_window_close"}
