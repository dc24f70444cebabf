from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

NUMBERS = ("votes_for", "votes_against", "abstentions", "blanks")


class HubResolutionCollege(models.Model):
    """What one college said on a resolution (or all together, without a college)."""

    _name = "hub.resolution.college"
    _description = "Votes of a college"
    _order = "resolution_id, sequence, id"
    _check_company_auto = True

    resolution_id = fields.Many2one(
        "hub.resolution",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="resolution_id.company_id", store=True, precompute=True, index=True
    )
    college_id = fields.Many2one(
        "hub.college", readonly=True, ondelete="restrict", check_company=True
    )
    name = fields.Char(string="Votes of", readonly=True)
    sequence = fields.Integer(readonly=True)
    votes_for = fields.Integer(string="For")
    votes_against = fields.Integer(string="Against")
    abstentions = fields.Integer()
    blanks = fields.Integer(
        string="Blank or void", help="Counted like abstentions: not votes cast."
    )
    voters = fields.Integer(
        string="There and represented",
        compute="_compute_voters",
        help="Those who may vote now, in person or by proxy.",
    )

    _college_uniq = models.UniqueIndex(
        "(resolution_id, COALESCE(college_id, 0))",
        "The votes of this college are already there.",
    )
    _numbers_positive = models.Constraint(
        "CHECK(votes_for >= 0 AND votes_against >= 0 AND abstentions >= 0"
        " AND blanks >= 0)",
        "Numbers of votes cannot be negative.",
    )

    @api.depends("resolution_id.state")
    def _compute_voters(self):
        for resolution, lines in self.grouped("resolution_id").items():
            counts = resolution._counts()
            for line in lines:
                kept = counts if not line.college_id else {line.college_id}
                line.voters = sum(
                    counts[college].present + counts[college].represented
                    for college in kept
                    if college in counts
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        self.check_access("write")
        self._check_open()
        if {"resolution_id", "college_id", "name"} & set(vals):
            self._raise_settled()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        for line in self:
            resolution = line.resolution_id
            if resolution.state not in ("draft", "open") or resolution.frozen_on:
                line._raise_settled()

    def _raise_settled(self):
        raise UserError(
            self.env._(
                "The votes on “%(name)s” are settled: totals no longer change.",
                name=self[:1].resolution_id.display_name,
            )
        )

    @api.model
    def _domain_of_bodies(self, partner):
        """Of the meetings of the bodies in which this person sits."""
        resolutions = self.env["hub.resolution"]._domain_of_bodies(partner)
        return Domain("resolution_id", "any!", resolutions)
