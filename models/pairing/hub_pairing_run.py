from odoo import api, fields, models


class HubPairingRun(models.Model):
    """One search for pairs: when, by whom, with which settings, and how sure it is."""

    _name = "hub.pairing.run"
    _description = "Proposal of pairs"
    _order = "date desc, id desc"
    _check_company_auto = True

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        string="Searched by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    parameters = fields.Json(readonly=True)
    status = fields.Selection(
        [
            ("optimal", "Nothing better exists"),
            ("feasible", "Good, perhaps not the best"),
            ("partial", "Some projects stay alone"),
        ],
        required=True,
        readonly=True,
        default="optimal",
        help="Whether all the possible pairs were compared.",
    )
    gap = fields.Float(
        string="Possible improvement",
        readonly=True,
        help="How far the result may be from the best one, 0 being the best.",
    )
    seconds = fields.Float(string="Time taken (s)", readonly=True)
    pairing_ids = fields.One2many("hub.pairing", "run_id", string="People proposed")

    @api.depends("date")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._(
                "Proposal of %(date)s", date=fields.Date.to_string(run.date)
            )
