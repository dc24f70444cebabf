from odoo import api, fields, models
from odoo.fields import Domain

STATES = [
    ("draft", "To be asked"),
    ("asked", "Asked"),
    ("refused", "Refused"),
    ("granted", "Granted"),
    ("called", "Called"),
    ("partial", "Received in part"),
    ("received", "Received"),
    ("returning", "Returned in part"),
    ("returned", "Nothing owed any more"),
    ("cancelled", "Given up"),
]


class HubContribution(models.Model):
    """Where a contribution stands: people say what was asked, granted or refused;
    received and returned is what entries and payments say."""

    _inherit = "hub.contribution"
    _guarded_fields = frozenset(
        {
            "name",
            "state",
            "received_amount",
            "received_on",
            "returned_amount",
            "returned_on",
            "given_amount",
            "borne_amount",
            "cancelled_on",
        }
    )
    _guarded_given = frozenset({"name"})

    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    received_amount = fields.Monetary(
        string="Received", compute="_compute_from_book", compute_sudo=True, store=True
    )
    received_on = fields.Date(
        string="Last received on",
        compute="_compute_from_book",
        compute_sudo=True,
        store=True,
    )
    returned_amount = fields.Monetary(
        string="Returned", compute="_compute_from_book", compute_sudo=True, store=True
    )
    returned_on = fields.Date(
        string="Last returned on",
        compute="_compute_from_book",
        compute_sudo=True,
        store=True,
    )
    given_amount = fields.Monetary(
        string="Given instead",
        compute="_compute_from_book",
        compute_sudo=True,
        store=True,
    )
    borne_amount = fields.Monetary(
        string="Loss borne by the funder",
        compute="_compute_from_book",
        compute_sudo=True,
        store=True,
    )
    owed_amount = fields.Monetary(
        string="Still owed to the funder",
        compute="_compute_owed_amount",
        store=True,
        help="Received, and neither returned, given nor lost with him.",
    )
    still_to_receive = fields.Monetary(
        compute="_compute_owed_amount", store=True, string="Still to be received"
    )
    loss_to_bear = fields.Monetary(
        string="Loss to be entered",
        compute="_compute_loss_to_bear",
        compute_sudo=True,
        help="The funder bears losses by the agreement: what the fund book says and the"
        " accounts do not yet.",
    )

    @api.depends("book_ids.kind", "book_ids.amount", "book_ids.date", "direct_amount")
    def _compute_from_book(self):
        sums = {}
        for one, kind, amount, last in self.env["hub.fund.line"]._read_group(
            Domain("contribution_id", "in", self.ids)
            & Domain("kind", "in", ("received", "returned", "given", "borne")),
            ["contribution_id", "kind"],
            ["amount:sum", "date:max"],
        ):
            sums[one.id, kind] = amount, last
        for one in self:
            for kind in ("received", "returned", "given", "borne"):
                amount, last = sums.get((one._origin.id, kind), (0, False))
                one[f"{kind}_amount"] = amount
                if kind in ("received", "returned"):
                    one[f"{kind}_on"] = last
            if one.direct:
                one.received_amount = one.direct_amount
                one.received_on = one.direct_on

    @api.depends(
        "received_amount",
        "returned_amount",
        "given_amount",
        "borne_amount",
        "instrument",
        "direct",
        "amount",
        "granted_on",
    )
    def _compute_owed_amount(self):
        for one in self:
            owed = one.is_owed and not one.direct
            gone = one.returned_amount + one.given_amount + one.borne_amount
            one.owed_amount = one.received_amount - gone if owed else 0
            pays = one.granted_on and one.instrument != "guarantee"
            one.still_to_receive = (
                max(one.amount - one.received_amount, 0) if pays else 0
            )

    @api.depends(
        "book_ids.amount",
        "book_ids.reserve_amount",
        "book_ids.kind",
        "loss_rule",
        "line_ids.move_id",
        "line_ids.move_id.state",
    )
    def _compute_loss_to_bear(self):
        for one in self:
            one.loss_to_bear = (
                max(one._loss_of_book() - one._entered("borne"), 0)
                if one.loss_rule == "funder" and one.is_owed
                else 0
            )

    def _loss_of_book(self):
        """Lost with this money, less what came back and what a reserve bore."""
        total = 0
        for line in self.book_ids:
            own = line.amount - line.reserve_amount
            if line.kind in ("lost", "claim_lost"):
                total += own
            elif line.kind == "recovered":
                total -= own
        return total

    def _entered(self, kind):
        """Principal of this kind that is in the accounts, settled or not."""
        lines = self.sudo().line_ids.filtered(
            lambda line: line.kind == kind and line.move_id.hub_is_live
        )
        return sum(lines.mapped("principal"))

    # ------------------------------------------------------------
    # State
    # ------------------------------------------------------------

    @api.depends(
        "asked_on",
        "granted_on",
        "refused_on",
        "cancelled_on",
        "amount",
        "received_amount",
        "owed_amount",
        "line_ids.move_id",
        "line_ids.residual_amount",
    )
    def _compute_state(self):
        for one in self:
            one.state = one._state_now()

    def _state_now(self):
        if self.cancelled_on:
            return "cancelled"
        if self.refused_on:
            return "refused"
        if self.received_amount:
            return self._state_of_money()
        if self.line_ids.filtered(lambda one: one.kind == "call" and one.move_id):
            return "called"
        if self.granted_on:
            return "granted"
        return "asked" if self.asked_on else "draft"

    def _state_of_money(self):
        compare = self.currency_id.compare_amounts
        if compare(self.received_amount, self.amount) < 0:
            return "partial"
        if self.is_owed and not self.direct:
            if compare(self.owed_amount, 0) <= 0:
                return "returned"
            if compare(self.owed_amount, self.received_amount) < 0:
                return "returning"
        return "received"

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
