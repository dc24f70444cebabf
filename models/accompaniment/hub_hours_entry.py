from odoo import api, fields, models


class HubHoursEntry(models.Model):
    """One entry for the time of volunteers: what was counted when it was posted, and
    what has become of it in the ledger since."""

    _name = "hub.hours.entry"
    _description = "Entry for volunteers' time"
    _order = "valuation_id, number desc"
    _check_company_auto = True

    valuation_id = fields.Many2one(
        "hub.hours.valuation", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, readonly=True)
    company_id = fields.Many2one(
        related="valuation_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    move_name = fields.Char(
        string="Number of the entry", related="move_id.name", related_sudo=True
    )
    move_date = fields.Date(string="Dated", related="move_id.date", related_sudo=True)
    posted_on = fields.Date(string="Posted on", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Posted by", required=True, readonly=True
    )
    hours = fields.Float(string="Hours counted then", readonly=True)
    value = fields.Monetary(string="Value counted then", readonly=True)
    amount = fields.Monetary(
        string="Amount of the entry",
        readonly=True,
        help="The difference between the value counted then and what stood in the"
        " ledger: negative where too much had been posted.",
    )
    debit_account_id = fields.Many2one(
        "account.account", readonly=True, ondelete="restrict"
    )
    credit_account_id = fields.Many2one(
        "account.account", readonly=True, ondelete="restrict"
    )
    in_ledger = fields.Monetary(
        string="In the ledger",
        compute="_compute_in_ledger",
        compute_sudo=True,
        help="What this entry and its reversals add to the account today.",
    )
    state = fields.Selection(
        [
            ("posted", "Posted"),
            ("reversed", "Reversed"),
            ("draft", "Back in draft"),
            ("cancel", "Cancelled"),
            ("deleted", "Deleted"),
        ],
        compute="_compute_in_ledger",
        compute_sudo=True,
    )

    # The second of two clicks, or of two people, finds the number taken.
    _number_once = models.UniqueIndex(
        "(valuation_id, number)", "This entry has just been posted by somebody else."
    )

    @api.depends("number", "valuation_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for entry in self:
            period = entry.valuation_id.display_name
            entry.display_name = f"{period} ({entry.number})"

    @api.depends("move_id.state", "move_id.line_ids.balance")
    def _compute_in_ledger(self):
        origin = self._families()
        sums = self._balances(origin)
        for entry in self:
            debit = sums.get((entry.move_id, entry.debit_account_id), 0.0)
            credit = -sums.get((entry.move_id, entry.credit_account_id), 0.0)
            # One of the two accounts may have been changed on the entry itself.
            amount = max(debit, credit, key=abs)
            entry.in_ledger = amount
            entry.state = entry._state_of(amount)

    def _state_of(self, amount):
        if not self.move_id:
            return "deleted"
        if self.move_id.state != "posted":
            return self.move_id.state
        return "reversed" if self.currency_id.is_zero(amount) else "posted"

    def _families(self):
        """``{move: entry's move}`` for the entries and all that reverses them."""
        newest = self.move_id
        origin = {move: move for move in newest}
        while newest:
            reversals = newest.search([("reversed_entry_id", "in", newest.ids)])
            newest = reversals.filtered(lambda move: move not in origin)
            for move in newest:
                origin[move] = origin[move.reversed_entry_id]
        return origin

    def _balances(self, origin):
        """``{(entry's move, account): balance}`` of what is posted."""
        sums = {}
        accounts = self.debit_account_id | self.credit_account_id
        for move, account, balance in self.env["account.move.line"]._read_group(
            [
                ("move_id", "in", [move.id for move in origin]),
                ("parent_state", "=", "posted"),
                ("account_id", "in", accounts.ids),
            ],
            ["move_id", "account_id"],
            ["balance:sum"],
        ):
            key = origin[move], account
            sums[key] = sums.get(key, 0.0) + balance
        return sums

    def action_open(self):
        """The journal entry itself."""
        self.ensure_one()
        return self.move_id._get_records_action()
