from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hub_pact_party import CATEGORIES

SUPPORTS = [
    ("human", "Human support"),
    ("economic", "Economic support"),
    ("legal", "Legal support"),
    ("technical", "Technical support"),
]
LEVELS = [
    ("commune", "Commune"),
    ("intercommunality", "Intercommunality"),
    ("department", "Department"),
    ("region", "Region"),
]


class HubPactCommitment(models.Model):
    """Who does what, when, at which level: the implementation of a pact."""

    _name = "hub.pact.commitment"
    _description = "Commitment of a pact"
    _inherit = ["hub.pact.line.mixin"]
    # What becomes of a commitment is followed up after the signature.
    _frozen_open_fields = frozenset({"state", "done_on", "reminded_on", "outcome"})

    name = fields.Text(string="Commitment", required=True)
    party_id = fields.Many2one(
        "hub.pact.party",
        string="Who",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        check_company=True,
        domain="[('pact_id', '=', pact_id)]",
    )
    category = fields.Selection(
        CATEGORIES,
        string="Kind of party",
        compute="_compute_category",
        store=True,
        readonly=False,
        precompute=True,
        help="Where a whole kind of parties commits itself: both volunteers, all"
        " institutions.",
    )
    who = fields.Char(string="Committed", compute="_compute_who")
    support = fields.Selection(
        SUPPORTS, help="Which of the four supports of the pact this brings."
    )
    level = fields.Selection(LEVELS)
    due = fields.Date(string="Until")
    rhythm = fields.Char(string="When", help="Once a month, at the opening...")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("ongoing", "Under way"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        required=True,
        default="planned",
        copy=False,
    )
    done_on = fields.Date(
        compute="_compute_done_on", store=True, readonly=False, copy=False
    )
    outcome = fields.Char(
        string="What became of it",
        copy=False,
        help="A word on how it went; the signed text stays as it is.",
    )
    reminded_on = fields.Date(copy=False, readonly=True)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    pact_state = fields.Selection(related="pact_id.state", string="State of the pact")
    user_id = fields.Many2one(related="pact_id.user_id")

    @api.depends("party_id.category")
    def _compute_category(self):
        for commitment in self:
            if commitment.party_id:
                commitment.category = commitment.party_id.category

    @api.depends(
        "party_id.partner_id.name",
        "party_id.text_name",
        "category",
        "pact_id.party_ids.category",
        "pact_id.party_ids.answer",
        "pact_id.party_ids.left_on",
    )
    def _compute_who(self):
        labels = dict(self._fields["category"]._description_selection(self.env))
        # all at once: what follows picks them one by one
        self.pact_id.party_ids.partner_id.sudo().mapped("name")
        for commitment in self:
            names = [party._name_in_text() for party in commitment._parties()]
            commitment.who = (
                ", ".join(names)
                if 0 < len(names) <= 3
                else labels.get(commitment.category)
            )

    def _parties(self):
        """Who commits: the party named, else all parties of the kind."""
        self.ensure_one()
        return self.party_id or self.pact_id._present_parties().filtered(
            lambda party: party.category == self.category
        )

    def _carrier(self):
        """Who carries it out: the party named, or whoever came in its place."""
        self.ensure_one()
        party = self.party_id
        while there := party.replaced_by_ids.filtered(lambda one: one.answer != "no"):
            party = there[0]
        return party

    @api.constrains("party_id", "category", "pact_id")
    def _check_who(self):
        for commitment in self:
            party = commitment.party_id
            if party and party.pact_id != commitment.pact_id:
                raise ValidationError(
                    self.env._(
                        "“%(text)s”: %(party)s is a party of another pact. Choose one"
                        " of this pact.",
                        text=commitment.name,
                        party=party.partner_id.display_name,
                    )
                )
            if not party and not commitment.category:
                raise ValidationError(
                    self.env._(
                        "“%(text)s”: say who commits to it, a party or a kind of"
                        " party.",
                        text=commitment.name,
                    )
                )

    def _frozen_values(self):
        return {
            "who": self.who or "",
            "names": [party._name_in_text() for party in self._parties()],
            "text": self.name,
            "support": self.support or "",
            "level": self.level or "",
            "due": self.due or "",
            "rhythm": self.rhythm or "",
        }
