from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..common.hub_answer_mixin import CHANNELS

STATES = [("planned", "Scheduled"), ("under_way", "Under way"), ("agreed", "Agreed")]
SIDES = [("holder", "Holder"), ("volunteers", "Pair and other parties")]
ENTRY_CHANNELS = [channel for channel in CHANNELS if channel[0] != "portal"]
TEAM = "solidarity_hub.group_hub_adviser"


class HubEvaluation(models.Model):
    """One look together at where a project stands.

    The holder gives a view, those beside the holder give theirs, neither knowing what
    the other said; then they talk, and what they agree on is kept as it was agreed.
    """

    _name = "hub.evaluation"
    _description = "Shared evaluation"
    _inherit = [
        "hub.guard.mixin",
        "hub.asking.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "hub.frozen.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "state",
            "planned_on",
            "announced_on",
            "proposed_on",
            "complete_on",
            "change_lock",
        }
    )

    pact_id = fields.Many2one(
        "hub.pact",
        string="Contract or pact",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', 'in', ('in_force', 'closed'))]",
    )
    root_id = fields.Many2one(
        related="pact_id.root_id", store=True, index=True, string="First text"
    )
    user_id = fields.Many2one(related="pact_id.user_id", string="Followed by")
    date = fields.Date(
        required=True, index=True, default=fields.Date.context_today, tracking=True
    )
    planned_on = fields.Date(
        string="Day by the rhythm",
        copy=False,
        readonly=True,
        help="The day that the rhythm of the terms gives; the date may be moved.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="planned",
        index=True,
        tracking=True,
    )
    place = fields.Char()
    words = fields.Text(
        string="What we say together",
        help="In a few sentences: what moved, what is hard, what comes next.",
    )
    entry_channel = fields.Selection(
        ENTRY_CHANNELS,
        string="Views told",
        required=True,
        default="in_person",
        help="How the views that the team notes down reached it.",
    )
    person_ids = fields.One2many(
        "hub.evaluation.person", "evaluation_id", string="Who takes part"
    )
    line_ids = fields.One2many("hub.evaluation.line", "evaluation_id", string="Lines")
    proposed_on = fields.Date(
        string="Agreement asked on",
        copy=False,
        readonly=True,
        help="Since when the values that they would agree on are before all of them.",
    )
    announced_on = fields.Date(copy=False, readonly=True)
    complete_on = fields.Date(copy=False, readonly=True)
    # Whoever agrees and whoever changes the values write here: one of them waits.
    change_lock = fields.Integer(copy=False, readonly=True, aggregator=None)
    awaited = fields.Char(string="Still awaited", compute="_compute_awaited")
    ready_to_agree = fields.Boolean(compute="_compute_ready_to_agree", groups=TEAM)
    frozen_pdf_id = fields.Many2one(string="Sheet as agreed")
    company_id = fields.Many2one(
        related="pact_id.company_id",
        string="Hub",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    active = fields.Boolean(default=True)

    _planned_once = models.UniqueIndex(
        "(root_id, planned_on) WHERE planned_on IS NOT NULL",
        "An evaluation of this pact is already planned for that day.",
    )

    @api.depends("pact_id.display_name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for evaluation in self:
            day = evaluation.date and format_date(self.env, evaluation.date)
            parts = [evaluation.sudo().pact_id.display_name, day]
            evaluation.display_name = ", ".join(filter(None, parts))

    @api.depends("person_ids.is_awaited", "person_ids.partner_id.name")
    def _compute_awaited(self):
        for evaluation in self:
            people = evaluation.sudo().person_ids.filtered("is_awaited")
            names = ", ".join(person.partner_id.name or "" for person in people)
            evaluation.awaited = names or False

    @api.depends(
        "state", "person_ids.given_on", "line_ids.agreed_value", "line_ids.comment"
    )
    def _compute_ready_to_agree(self):
        for evaluation in self:
            evaluation.ready_to_agree = evaluation.state != "agreed" and all(
                done for done, _what in evaluation._requirements()
            )

    @api.constrains("pact_id")
    def _check_pact(self):
        for evaluation in self:
            if evaluation.pact_id.state not in ("in_force", "closed"):
                raise ValidationError(
                    self.env._(
                        "%(pact)s has not come into force: there is nothing to evaluate"
                        " yet.",
                        pact=evaluation.pact_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        evaluations = super().create(vals_list)
        for evaluation in evaluations:
            if not evaluation.line_ids:
                evaluation._match_terms(evaluation.pact_id.term_ids)
        return evaluations

    def write(self, vals):
        reworded = "words" in vals and self.filtered(
            lambda e: (e.words or "") != (vals["words"] or "")
        )
        result = super().write(vals)
        if reworded:
            reworded._forget_agreements()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for evaluation in self.sudo():
            if evaluation.person_ids.filtered("given_on"):
                raise UserError(
                    self.env._(
                        "%(name)s: people have given their views. Archive it instead of"
                        " deleting it.",
                        name=evaluation.display_name,
                    )
                )

    @api.model
    def _create_planned(self, pact, days):
        """:param days: ``{day: terms}``"""
        return self._unguarded().create(
            [
                {
                    "pact_id": pact.id,
                    "date": day,
                    "planned_on": day,
                    "line_ids": [
                        Command.create(self._prepare_line(term)) for term in terms
                    ],
                }
                for day, terms in days.items()
            ]
        )

    @api.model
    def _prepare_line(self, term):
        return {
            "term_id": term.id,
            "indicator_id": term.indicator_id.id,
            "sequence": term.sequence,
        }

    def _match_terms(self, terms, add=True):
        """One line for each of these terms; what people said is kept in any case."""
        for evaluation in self:
            lines = evaluation.line_ids
            known = {line.indicator_id: line for line in lines}
            new = []
            for term in terms:
                if line := known.pop(term.indicator_id, None):
                    if line.term_id != term:
                        line.write(self._prepare_line(term))
                elif add:
                    new.append(Command.create(self._prepare_line(term)))
            gone = lines.browse([line.id for line in known.values()])
            gone = gone.filtered(lambda line: not line._is_begun())
            evaluation.line_ids = [Command.delete(line.id) for line in gone] + new

    def _add_people(self):
        """Whoever takes part, where nobody was chosen."""
        for evaluation in self.filtered(lambda e: not e.person_ids):
            evaluation.person_ids = [
                Command.create({"partner_id": partner.id, "side": side})
                for partner, side in evaluation.pact_id._evaluation_people()
            ]

    def _side(self, side):
        """Those of one side who are there."""
        return self.person_ids.filtered(lambda p: p.side == side and not p.excused)

    @api.model
    def _hub_domain_for(self, partner):
        """Evaluations of this person's pacts, and those he or she takes part in."""
        pacts = self.env["hub.pact"]._hub_domain_for(partner)
        return Domain("pact_id", "any!", pacts) | Domain(
            "person_ids.partner_id", "=", partner.id
        )
