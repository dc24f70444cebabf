from odoo import api, fields, models


class HubPairingRunPerson(models.Model):
    """What a cohort means for one person: projects before and after, or why none."""

    _name = "hub.pairing.run.person"
    _description = "Person of a cohort"
    _order = "load_after desc, id"
    _check_company_auto = True

    run_id = fields.Many2one(
        "hub.pairing.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="run_id.company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        ondelete="cascade",
        check_company=True,
    )
    capacity = fields.Integer(string="Projects at once", aggregator="sum")
    load_before = fields.Integer(string="Projects now")
    load_after = fields.Integer(string="Projects afterwards")
    reason = fields.Text(
        string="Left out, and why",
        help="Why this person can be proposed for none of these projects.",
    )
    load_words = fields.Char(string="In words", compute="_compute_load_words")

    @api.depends("capacity", "load_before", "load_after")
    def _compute_load_words(self):
        for person in self:
            person.load_words = person._prepare_load_words()

    def _prepare_load_words(self):
        self.ensure_one()
        numbers = {"load": self.load_after, "capacity": self.capacity}
        if self.load_after > self.capacity:
            return self.env._("%(load)s projects, %(capacity)s at most", **numbers)
        if self.load_after == self.capacity:
            return self.env._("full: %(load)s of %(capacity)s projects", **numbers)
        return self.env._(
            "%(load)s of %(capacity)s projects, room for %(free)s more",
            free=self.capacity - self.load_after,
            **numbers,
        )
