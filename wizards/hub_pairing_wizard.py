from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.common.hub_answer_mixin import CHANNELS

NOTED_CHANNELS = [channel for channel in CHANNELS if channel[0] != "portal"]


class HubPairingWizard(models.TransientModel):
    """Choosing the two people of a project: words first, and a person decides.

    Nothing is sent and nobody is bound before "Propose".
    """

    _name = "hub.pairing.wizard"
    _description = "Form the pair"

    lead_id = fields.Many2one(
        "crm.lead", string="Project", required=True, readonly=True
    )
    company_id = fields.Many2one(related="lead_id.company_id")
    replaced_id = fields.Many2one("hub.pairing", string="To be replaced", readonly=True)
    kept_ids = fields.Many2many(
        "res.partner", string="Stays", compute="_compute_kept_ids"
    )
    kept_pairing_ids = fields.Many2many("hub.pairing", compute="_compute_kept_ids")
    first_id = fields.Many2one("res.partner", string="First person")
    second_id = fields.Many2one("res.partner", string="Second person")
    eligible_ids = fields.Many2many(
        "res.partner",
        "hub_pairing_wizard_eligible_rel",
        string="People who can be chosen",
        readonly=True,
    )
    with_warned = fields.Boolean(
        string="Show also people who need a reason",
        help="Full, not trained yet, or the charter not signed.",
    )
    proposal_ids = fields.One2many(
        "hub.pairing.wizard.proposal", "wizard_id", string="Pairs that go well"
    )
    person_ids = fields.One2many(
        "hub.pairing.wizard.person", "wizard_id", string="Left out, and why"
    )
    nobody_text = fields.Char(string="Why there is no pair", readonly=True)
    run_id = fields.Many2one("hub.pairing.run", string="Search", readonly=True)

    words = fields.Char(string="Together", compute="_compute_choice")
    numbers = fields.Text(string="How it was computed", compute="_compute_choice")
    warning = fields.Text(string="Asks a reason", compute="_compute_choice")
    refusal = fields.Text(string="Not possible", compute="_compute_choice")
    note = fields.Text(string="To know", compute="_compute_choice")
    loads = fields.Text(string="Afterwards", compute="_compute_choice")
    override_reason = fields.Text(string="Reason for choosing them all the same")
    rhythm = fields.Char(
        default=lambda self: (
            self.env["hub.pairing"]._fields["rhythm"].default(self.env["hub.pairing"])
        )
    )
    end_reason = fields.Char(string="Why the other person leaves")

    first_agreed = fields.Boolean(string="The first person has said yes")
    second_agreed = fields.Boolean(string="The second person has said yes")
    holder_agreed = fields.Boolean(string="The project holder has said yes")
    someone_agreed = fields.Boolean(compute="_compute_someone_agreed")
    channel = fields.Selection(NOTED_CHANNELS, string="How", default="phone")
    agreed_on = fields.Date(string="When", default=fields.Date.context_today)

    @api.depends("lead_id", "replaced_id")
    def _compute_kept_ids(self):
        pairings = self.env["hub.pairing"]
        for wizard in self:
            there = pairings.search(pairings._domain_places(wizard.lead_id))
            wizard.kept_pairing_ids = there - wizard.replaced_id
            wizard.kept_ids = wizard.kept_pairing_ids.volunteer_id

    @api.depends("first_agreed", "second_agreed", "holder_agreed")
    def _compute_someone_agreed(self):
        for wizard in self:
            wizard.someone_agreed = (
                wizard.first_agreed or wizard.second_agreed or wizard.holder_agreed
            )

    @api.depends("first_id", "second_id")
    def _compute_choice(self):
        engine = self.env["hub.pairing.engine"]
        for wizard in self:
            chosen = wizard._chosen()
            new = wizard._newcomers()
            ignored = wizard.kept_pairing_ids | wizard.replaced_id
            pair = engine._value(wizard.lead_id, chosen, ignored)
            reasons = wizard._reasons(new)
            wizard.words = engine._words(pair) if chosen else False
            wizard.numbers = "\n".join(engine._numbers(pair)) if chosen else False
            wizard.refusal = reasons["refusals"]
            wizard.warning = reasons["warnings"]
            wizard.note = reasons["notes"]
            loads = engine._loads_after(wizard.lead_id, new)
            wizard.loads = "\n".join(
                engine._about(partner, load) for partner, load in loads.items()
            )

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard._check_room()
            wizard._search_pairs()
            wizard._choose(wizard.proposal_ids[:1])
        return wizards

    def action_search(self):
        """Look again, with or without the people who need a reason."""
        self.ensure_one()
        self._search_pairs()
        return self._reopen()

    def action_propose(self):
        """Create the places; ask by e-mail whoever has not said yes already."""
        self.ensure_one()
        self._check_choice()
        if self.replaced_id:
            self.replaced_id.action_end(self.end_reason)
        pairings = self._create_pairings()
        self._note_agreements(pairings)
        waiting = pairings.filtered(lambda p: p.volunteer_answer == "waiting")
        waiting.action_send()
        return self._notify(pairings, waiting)

    def action_start(self):
        """Everybody has agreed already: the accompaniment starts at once."""
        self.ensure_one()
        self.write(
            dict.fromkeys(("first_agreed", "second_agreed", "holder_agreed"), True)
        )
        return self.action_propose()

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------

    def _chosen(self):
        return self.kept_ids._origin | self.first_id._origin | self.second_id._origin

    def _newcomers(self):
        return self._chosen() - self.kept_ids._origin

    def _choose(self, proposal):
        """Take over the names of a proposal; they can still be changed by hand."""
        self.ensure_one()
        self.first_id, self.second_id = proposal.first_id, proposal.second_id
        return self._reopen()

    def _reasons(self, partners):
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(
            self.lead_id, partners, ignored=self.replaced_id
        )
        return {
            kind: self._sentences(partners, verdicts, kind)
            for kind in ("refusals", "warnings", "notes")
        }

    def _check_room(self):
        if len(self.kept_ids) > 1:
            pairings = self.env["hub.pairing"]
            pairings._raise_no_place(self.lead_id, self.kept_pairing_ids)

    def _check_choice(self):
        if self.first_id == self.second_id and self.first_id:
            raise UserError(
                self.env._(
                    "A pair is two different people: choose somebody other than"
                    " %(name)s for the second place.",
                    name=self.first_id.display_name,
                )
            )
        if not self._newcomers():
            raise UserError(
                self.env._(
                    "“%(project)s”: choose at least one person to propose.",
                    project=self.lead_id.name,
                )
            )

    def _create_pairings(self):
        ignored = self.kept_pairing_ids | self.replaced_id
        pair = self.env["hub.pairing.engine"]._value(
            self.lead_id, self._chosen(), ignored
        )
        return self.env["hub.pairing"]._create_places(
            self.lead_id,
            self._newcomers(),
            pair,
            rhythm=self.rhythm,
            override_reason=self.override_reason,
            run_id=self.run_id.id,
        )

    def _note_agreements(self, pairings):
        """Note down who has said yes already, how and when."""
        agreed = (self.first_id if self.first_agreed else self.first_id.browse()) | (
            self.second_id if self.second_agreed else self.second_id.browse()
        )
        told = {"channel": self.channel, "answered_on": self.agreed_on}
        # The holder first: nobody is asked by e-mail for what he has just said.
        if self.holder_agreed:
            pairings.action_holder_accept(**told)
        pairings.filtered(lambda p: p.volunteer_id in agreed).action_accept(**told)

    def _notify(self, pairings, waiting):
        silent = waiting.volunteer_id.filtered(lambda partner: not partner.email)
        if not waiting:
            message = self.env._("Noted. Nobody is left to ask.")
        elif silent:
            message = self.env._(
                "Without an e-mail address: %(names)s. Call, or copy the link from the"
                " project into a text message.",
                names=", ".join(silent.mapped("display_name")),
            )
        else:
            message = self.env._(
                "An e-mail goes to %(names)s. The personal link can also be copied into"
                " a text message, on the project under Pair.",
                names=", ".join(waiting.volunteer_id.mapped("display_name")),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.lead_id.name,
                "message": message,
                "type": "warning" if silent else "success",
                "sticky": bool(silent),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "The two people beside “%(name)s”", name=self.lead_id.name
            ),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
