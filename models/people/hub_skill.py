from collections import defaultdict
from random import randint

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.skill_cells import normalise, parse_cell


class HubSkill(models.Model):
    """A skill that projects need and volunteers bring; shared by all hubs."""

    _name = "hub.skill"
    _description = "Skill"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "aliases"]
    _parent_store = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=50)
    active = fields.Boolean(default=True)
    color = fields.Integer(default=lambda self: randint(1, 11))
    parent_id = fields.Many2one(
        "hub.skill", string="Part of", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hub.skill", "parent_id", string="Finer skills")
    aliases = fields.Char(
        string="Other words",
        help="What people write instead, separated by commas: an imported list that"
        " says one of these words means this skill.",
    )

    volunteer_count = fields.Integer(
        string="Volunteers",
        compute="_compute_volunteer_count",
        help="Volunteers of today who have this skill, whatever the level.",
    )
    expert_count = fields.Integer(
        string="Experts among them", compute="_compute_volunteer_count"
    )

    @api.depends_context("company")
    def _compute_volunteer_count(self):
        """How well the network covers each skill today; a person counts once."""
        people, experts = defaultdict(set), defaultdict(set)
        today = fields.Date.context_today(self)
        volunteers = self.env["hub.role"]._domain_on(today) & Domain(
            "kind", "=", "volunteer"
        )
        for skill, partner, level in self.env["hub.partner.skill"]._read_group(
            Domain("skill_id", "in", self.ids)
            & Domain("company_id", "=", self.env.company.id)
            & Domain(
                "partner_id.hub_role_ids",
                "any",
                volunteers & Domain("company_id", "=", self.env.company.id),
            ),
            ["skill_id", "partner_id"],
            ["level:max"],
        ):
            people[skill].add(partner)
            if level == 3:
                experts[skill].add(partner)
        for skill in self:
            skill.volunteer_count = len(people[skill._origin])
            skill.expert_count = len(experts[skill._origin])

    @api.constrains("name", "aliases")
    def _check_words(self):
        """A word means one skill only, else an import could not choose."""
        words = {}
        for skill in self.with_context(active_test=False).search(Domain.TRUE):
            for word in skill._words():
                other = words.setdefault(word, skill)
                if other != skill and (other in self or skill in self):
                    raise ValidationError(
                        self.env._(
                            "“%(word)s” already means %(other)s: it cannot also mean"
                            " %(skill)s. Take the word out of one of the two.",
                            word=word,
                            other=other.name,
                            skill=skill.name,
                        )
                    )

    def action_open_volunteers(self):
        """The volunteers who have this skill."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_volunteers"
        )
        return {
            **action,
            "domain": [
                ("hub_is_volunteer", "=", True),
                ("hub_skill_tag_ids", "in", self.ids),
            ],
        }

    @api.model
    def _by_word(self):
        """{normalised name, translation or other word: skill}"""
        return {
            word: skill for skill in self.search(Domain.TRUE) for word in skill._words()
        }

    @api.model
    def _read_cell(self, text, words=None):
        """What a spreadsheet cell says, e.g. ``Accounting:3; Listening``.

        :param words: result of :meth:`_by_word`, to read many cells
        :return: ``({skill: level or None}, [unknown pieces])``
        """
        words = self._by_word() if words is None else words
        found, unknown = {}, []
        for name, level in parse_cell(text, known=words):
            skill = words.get(normalise(name))
            if skill and (level is None or 1 <= level <= 3):
                found[skill] = level or found.get(skill)
            else:
                unknown.append(name if level is None else f"{name}:{level}")
        return found, unknown

    def _words(self):
        self.ensure_one()
        names = self.get_field_translations("name")[0]
        texts = [self.name, *(term["value"] for term in names if term["value"])]
        texts += (self.aliases or "").split(",")
        return {word for word in map(normalise, texts) if word}
