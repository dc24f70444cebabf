from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

LOWEST, HIGHEST = 10, 50


class HubBodyCollege(models.Model):
    """A college that sits in a body: how many seats it has, what it weighs there."""

    _name = "hub.body.college"
    _description = "College of a body"
    _order = "body_id, sequence, id"
    _rec_name = "college_id"
    _check_company_auto = True

    body_id = fields.Many2one(
        "hub.body",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="body_id.company_id", store=True, precompute=True, index=True
    )
    college_id = fields.Many2one(
        "hub.college", required=True, ondelete="restrict", check_company=True
    )
    sequence = fields.Integer(default=10)
    seats_min = fields.Integer(string="Seats, at least")
    seats_max = fields.Integer(string="Seats", help="Seats at most; 0: no limit.")
    seats_taken = fields.Integer(string="Seats filled", compute="_compute_seats_taken")
    weight = fields.Integer(
        compute="_compute_weight",
        store=True,
        readonly=False,
        precompute=True,
        help="Where colleges vote as such: a college of weight 2 counts twice a college"
        " of weight 1.",
    )
    share = fields.Float(
        string="Part of the votes", compute="_compute_share", digits=(16, 4)
    )
    lock_count = fields.Integer(readonly=True, copy=False)

    _college_uniq = models.UniqueIndex(
        "(body_id, college_id)", "This college already sits in this body."
    )
    _seats_in_order = models.Constraint(
        "CHECK(seats_min >= 0 AND seats_max >= 0"
        " AND (seats_max = 0 OR seats_min <= seats_max))",
        "The least number of seats is not above the greatest one.",
    )
    _weight_positive = models.Constraint(
        "CHECK(weight >= 0)", "The weight of a college cannot be negative."
    )

    @api.depends("college_id")
    def _compute_weight(self):
        for line in self:
            line.weight = line.college_id.weight

    @api.depends("weight", "body_id.college_ids.weight")
    def _compute_share(self):
        for line in self:
            total = sum(line.body_id.college_ids.mapped("weight"))
            line.share = line.weight / total if total else 0.0

    @api.depends("body_id.mandate_ids.date_start", "body_id.mandate_ids.date_end")
    def _compute_seats_taken(self):
        seats = self.body_id._seats_on(fields.Date.context_today(self))
        for line in self:
            taken = seats.get(line.body_id._origin, ())
            college = line.college_id._origin
            line.seats_taken = sum(1 for seat in taken if seat.college == college)

    @api.constrains("seats_max")
    def _check_seats_max(self):
        today = fields.Date.context_today(self)
        mandates = self.env["hub.mandate"].search(
            Domain("body_id", "in", self.body_id.ids)
            & Domain("college_id", "in", self.college_id.ids)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        mandates._check_seats()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_seated(self):
        for line in self:
            sitting = line.body_id.mandate_ids.filtered(
                lambda m, line=line: m.college_id == line.college_id
            )
            if sitting:
                raise ValidationError(
                    self.env._(
                        "%(college)s has mandates in %(body)s: set its seats to what"
                        " is still needed, but keep it for the register.",
                        college=line.college_id.name,
                        body=line.body_id.name,
                    )
                )

    def _lock_and_touch(self):
        """Two seats are never given at once: see ``hub.role``."""
        for line_id in sorted(self.ids):
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_body_college"
                    " SET lock_count = COALESCE(lock_count, 0) + 1 WHERE id = %s",
                    line_id,
                )
            )
        self.invalidate_recordset(["lock_count"])

    def _vacancy_words(self):
        """What is to be said of empty seats."""
        self.ensure_one()
        if self.body_id.membership != "mandate":
            return []
        words = {
            "college": self.college_id.name,
            "taken": self.seats_taken,
            "seats": self.seats_max or self.seats_min,
            "vacant": (self.seats_max or self.seats_min) - self.seats_taken,
        }
        if self.seats_taken < self.seats_min:
            return [
                self.env._(
                    "%(college)s: %(taken)s seats filled, fewer than the"
                    " %(least)s that the statutes ask for.",
                    least=self.seats_min,
                    **words,
                )
            ]
        if words["vacant"] > 0:
            return [
                self.env._(
                    "%(college)s: %(taken)s seats of %(seats)s filled,"
                    " %(vacant)s vacant.",
                    **words,
                )
            ]
        return []

    def _weight_words(self):
        """What the law on SCIC says of a weight."""
        self.ensure_one()
        total = sum(self.body_id.college_ids.mapped("weight"))
        if not total or LOWEST * total <= 100 * self.weight <= HIGHEST * total:
            return []
        return [
            self.env._(
                "%(college)s has %(percent)s %% of the votes: in a SCIC no college has"
                " less than %(lowest)s %% or more than %(highest)s %%.",
                college=self.college_id.name,
                percent=f"{100 * self.weight / total:.4g}",
                lowest=LOWEST,
                highest=HIGHEST,
            )
        ]

    @api.model
    def _domain_of_bodies(self, partner):
        """Of the bodies in which this person sits."""
        bodies = self.env["hub.body"]._hub_domain_for(partner)
        return Domain("body_id", "any!", bodies)

    @api.model
    def _domain_of_convocations(self, partner):
        """Of the bodies to a meeting of which this person was convened."""
        bodies = self.env["hub.body"]._domain_of_convocations(partner)
        return Domain("body_id", "any!", bodies)
