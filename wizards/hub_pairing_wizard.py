from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.common.hub_answer_mixin import CHANNELS

NOTED_CHANNELS = [channel for channel in CHANNELS if channel[0] != "portal"]
SHOWN = 5


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
                f"{partner.display_name}: {load}" for partner, load in loads.items()
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
    # Searching
    # ------------------------------------------------------------

    def _search_pairs(self):
        """Compare all the pairs, keep the best, and say who is left out and why."""
        engine = self.env["hub.pairing.engine"]
        fixed = self.kept_ids
        candidates = (
            engine._candidates(self.lead_id) - fixed - self.replaced_id.volunteer_id
        )
        verdicts = self.env["hub.pairing.eligibility"]._verdicts(
            self.lead_id, candidates, ignored=self.replaced_id
        )
        refused = candidates.filtered(lambda p: verdicts[p].refusals)
        warned = (candidates - refused).filtered(lambda p: verdicts[p].warnings)
        free = candidates - refused - warned
        pairs, seconds = self._rank(free | warned if self.with_warned else free)
        if not pairs and not self.with_warned and warned:
            self.with_warned = True
            pairs, seconds = self._rank(free | warned)
        shown_warned = warned if self.with_warned else candidates.browse()
        self.run_id = (
            self.env["hub.pairing.run"]
            .sudo()
            .create(self._prepare_run_vals(len(candidates), seconds))
        )
        self.write(
            {
                "eligible_ids": [Command.set((candidates - refused).ids)],
                "nobody_text": False if pairs else self._nobody_text(free | warned),
                "proposal_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            self._prepare_proposal_vals(rank, pair, verdicts)
                        )
                        for rank, pair in enumerate(pairs, start=1)
                    ),
                ],
                "person_ids": [
                    Command.clear(),
                    *(
                        Command.create(self._prepare_person_vals(partner, verdicts))
                        for partner in refused | warned - shown_warned
                    ),
                ],
            }
        )

    def _rank(self, people):
        return self.env["hub.pairing.engine"]._rank(
            self.lead_id,
            people,
            fixed=self.kept_ids,
            ignored=self.kept_pairing_ids | self.replaced_id,
            limit=SHOWN,
            over_capacity=self.with_warned,
        )

    def _nobody_text(self, people):
        if len(people | self.kept_ids) < 2:
            return self.env._(
                "Fewer than two people can be chosen for this project: see below why"
                " the others are left out."
            )
        return self.env._(
            "No two people bring the skills that this project cannot do without. Make"
            " one of them less strict, or choose yourself."
        )

    def _prepare_run_vals(self, candidates, seconds):
        return {
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "seconds": seconds,
            "parameters": {
                "projects": self.lead_id.ids,
                "candidates": candidates,
                "with_warned": self.with_warned,
            },
        }

    def _prepare_proposal_vals(self, rank, pair, verdicts):
        engine = self.env["hub.pairing.engine"]
        people = self.env["res.partner"].browse(pair.volunteers)
        people = (people & self.kept_ids) | (people - self.kept_ids)
        new = people - self.kept_ids
        loads = engine._loads_after(self.lead_id, new)
        return {
            "rank": rank,
            "first_id": people[0].id,
            "second_id": people[1:].id,
            "words": engine._words(pair),
            "numbers": "\n".join(engine._numbers(pair)),
            "permille": pair.permille,
            "loads": ", ".join(
                f"{p.display_name}: {load}" for p, load in loads.items()
            ),
            "warning": self._sentences(new, verdicts, "warnings"),
            "note": self._sentences(new, verdicts, "notes"),
        }

    def _prepare_person_vals(self, partner, verdicts):
        verdict = verdicts[partner]
        reasons = verdict.refusals or verdict.warnings
        return {
            "partner_id": partner.id,
            "with_reason": not verdict.refusals,
            "reason": "; ".join(reason.text for reason in reasons),
            "way_out": reasons[0].way_out,
        }

    @api.model
    def _sentences(self, partners, verdicts, kind):
        return "\n".join(
            f"{partner.display_name}: {reason.text}"
            for partner in partners
            for reason in getattr(verdicts[partner], kind)
        )

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
        engine = self.env["hub.pairing.engine"]
        ignored = self.kept_pairing_ids | self.replaced_id
        pair = engine._value(self.lead_id, self._chosen(), ignored)
        return self.env["hub.pairing"].create(
            [
                {
                    "lead_id": self.lead_id.id,
                    "volunteer_id": partner.id,
                    "rhythm": self.rhythm,
                    "override_reason": self.override_reason,
                    "score": pair.permille,
                    "explanation": engine._explanation(pair),
                    "run_id": self.run_id.id,
                }
                for partner in self._newcomers()
            ]
        )

    def _note_agreements(self, pairings):
        """Note down who has said yes already, how and when."""
        agreed = (self.first_id if self.first_agreed else self.first_id.browse()) | (
            self.second_id if self.second_agreed else self.second_id.browse()
        )
        told = {"channel": self.channel, "answered_on": self.agreed_on}
        pairings.filtered(lambda p: p.volunteer_id in agreed).action_accept(**told)
        if self.holder_agreed:
            pairings.action_holder_accept(**told)

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
                "Asked by e-mail: %(names)s.",
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


class HubPairingWizardProposal(models.TransientModel):
    """One pair that goes well, in words."""

    _name = "hub.pairing.wizard.proposal"
    _description = "Pair that goes well"
    _order = "rank, id"

    wizard_id = fields.Many2one("hub.pairing.wizard", required=True, ondelete="cascade")
    rank = fields.Integer()
    first_id = fields.Many2one("res.partner", string="First person")
    second_id = fields.Many2one("res.partner", string="Second person")
    words = fields.Char(string="Together")
    numbers = fields.Text(string="How it was computed")
    permille = fields.Integer(string="Needs covered (of 1000)")
    loads = fields.Char(string="Afterwards")
    warning = fields.Text(string="Asks a reason")
    note = fields.Text(string="To know")

    def action_choose(self):
        """Take these two."""
        return self.wizard_id._choose(self)


class HubPairingWizardPerson(models.TransientModel):
    """Somebody who is left out, and why."""

    _name = "hub.pairing.wizard.person"
    _description = "Person left out of the search"
    _order = "with_reason desc, id"

    wizard_id = fields.Many2one("hub.pairing.wizard", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Person")
    with_reason = fields.Boolean(string="Possible with a reason")
    reason = fields.Char()
    way_out = fields.Char(string="What to do")
