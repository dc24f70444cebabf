from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.knowledge_words import key_words

KINDS = [("offer", "Offer"), ("request", "Request")]
LEVELS = [
    ("beginner", "Beginner"),
    ("some", "Some practice"),
    ("advanced", "At ease"),
]
FORMATS = [
    ("both", "Alone or in a group"),
    ("individual", "One to one"),
    ("group", "In a group"),
]
VALIDITY = relativedelta(years=1)


class HubKnowledge(models.Model):
    """What a member can pass on, or would like to learn. Everybody knows something:
    there is no hierarchy between what is offered and what is asked for."""

    _name = "hub.knowledge"
    _description = "Knowledge offered or asked for"
    _order = "date desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True, default="offer", index=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(string="What", required=True)
    skill_id = fields.Many2one(
        "hub.skill",
        index="btree_not_null",
        ondelete="set null",
        help="Optional: an offer and a request of the same skill meet whatever words"
        " they use.",
    )
    level = fields.Selection(
        LEVELS,
        help="Of an offer: for whom it is. Of a request: where the person stands.",
    )
    format = fields.Selection(FORMATS, string="How", required=True, default="both")
    availability = fields.Char(string="When")
    place = fields.Char(string="Where")
    note = fields.Text(string="Details")
    date = fields.Date(string="Since", required=True, default=fields.Date.context_today)
    valid_until = fields.Date(
        string="Valid until",
        default=lambda self: fields.Date.context_today(self) + VALIDITY,
        help="Empty: until it is closed.",
    )
    closed_on = fields.Date(copy=False, readonly=True)
    state = fields.Selection(
        [("open", "Still open"), ("expired", "Out of date"), ("closed", "Closed")],
        compute="_compute_state",
        search="_search_state",
    )
    words = fields.Char(compute="_compute_words", store=True)
    active = fields.Boolean(default=True)

    offer_match_ids = fields.One2many(
        "hub.knowledge.match", "offer_id", string="Who is looking for this"
    )
    request_match_ids = fields.One2many(
        "hub.knowledge.match", "request_id", string="Who offers this"
    )
    match_count = fields.Integer(
        string="Possible meetings", compute="_compute_match_count"
    )

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for knowledge in self:
            kind, name = labels.get(knowledge.kind, ""), knowledge.name
            knowledge.display_name = f"{name} ({kind.lower()})" if name else kind

    @api.depends("closed_on", "valid_until")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for knowledge in self:
            if knowledge.closed_on:
                knowledge.state = "closed"
            elif knowledge.valid_until and knowledge.valid_until < today:
                knowledge.state = "expired"
            else:
                knowledge.state = "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        going = Domain("closed_on", "=", False)
        past = Domain("valid_until", "<", today)
        domains = {
            "closed": Domain("closed_on", "!=", False),
            "expired": going & past,
            "open": going & (Domain("valid_until", "=", False) | ~past),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("name", "skill_id.name", "skill_id.aliases")
    def _compute_words(self):
        """Words that say what it is about, those of the skill in every language."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for knowledge in self:
            skill = knowledge.skill_id
            names = [skill.with_context(lang=code).name for code in languages]
            words = key_words(knowledge.name, skill.aliases, *names)
            knowledge.words = " ".join(words)

    def _compute_match_count(self):
        matches = self.env["hub.knowledge.match"]
        counts = {}
        for side in ("offer_id", "request_id"):
            groups = matches._read_group([(side, "in", self.ids)], [side], ["__count"])
            counts |= {knowledge.id: count for knowledge, count in groups}
        for knowledge in self:
            knowledge.match_count = counts.get(knowledge._origin.id, 0)

    @api.constrains("date", "valid_until")
    def _check_validity(self):
        for knowledge in self:
            if knowledge.valid_until and knowledge.valid_until < knowledge.date:
                raise ValidationError(
                    self.env._(
                        "“%(what)s” would be out of date before it begins: correct one"
                        " of the two dates.",
                        what=knowledge.name,
                    )
                )

    @api.constrains("name")
    def _check_name(self):
        for knowledge in self:
            if not knowledge.name.strip():
                raise ValidationError(
                    self.env._("Say in a few words what it is about.")
                )

    @api.model
    def _hub_domain_for(self, partner):
        """The offers and requests of this person."""
        return Domain("partner_id", "=", partner.id)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_close(self):
        """Met, or no longer wanted: it is proposed to nobody from today."""
        self.write({"closed_on": fields.Date.context_today(self)})

    def action_reopen(self):
        """Proposed again, for one more year."""
        today = fields.Date.context_today(self)
        self.write({"closed_on": False, "valid_until": today + VALIDITY})
