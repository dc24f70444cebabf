from odoo import api, fields, models

from . import skill_coverage_query as query

COVERAGE = """
SELECT measured.company_id::bigint * 10000000 + measured.skill_id AS id,
       measured.company_id, measured.skill_id, measured.sole_partner_id,
       COALESCE(need_count, 0) AS need_count,
       COALESCE(need_weight, 0) AS need_weight,
       COALESCE(mandatory_count, 0) AS mandatory_count,
       COALESCE(covered_count, 0) AS covered_count,
       COALESCE(asked_count, 0) AS asked_count,
       COALESCE(expert_count, 0) AS expert_count,
       COALESCE(missing_count, 0) AS missing_count,
       COALESCE(waiting_count, 0) AS waiting_count,
       COALESCE(lacking_count, 0) AS lacking_count,
       COALESCE(lacking_mandatory_count, 0) AS lacking_mandatory_count,
       COALESCE(person_count, 0) AS person_count,
       COALESCE(free_person_count, 0) AS free_person_count,
       COALESCE(free_place_count, 0) AS free_place_count,
       COALESCE(away_count, 0) AS away_count,
       COALESCE(learner_count, 0) AS learner_count,
       COALESCE(learner_booked_count, 0) AS learner_booked_count,
       COALESCE(trainee_count, 0) AS trainee_count,
       measured.gap,
       CASE WHEN gap > 0 AND trainee_count > 0 THEN 'train'
            WHEN gap > 0 THEN 'recruit'
            WHEN need_count > 0 AND COALESCE(person_count, 0) <= 1 THEN 'fragile'
            WHEN is_served THEN 'enough'
            ELSE 'unused' END AS advice,
       CASE WHEN gap > 0 THEN 3
            WHEN need_count > 0 AND COALESCE(person_count, 0) <= 1 THEN 2
            WHEN is_served THEN 1
            ELSE 0 END AS urgency
  FROM measured
  LEFT JOIN (SELECT company_id, skill_id, count(*) AS trainee_count
               FROM trainees GROUP BY company_id, skill_id) trained
    ON trained.company_id = measured.company_id
   AND trained.skill_id = measured.skill_id"""


class HubSkillCoverage(models.Model):
    """Skills that projects need against those that people offer, one row per skill.

    Everything is as of today. A skill counts for a project as the search for pairs has
    it: the better of the two people, and whoever masters a finer skill has the wider.
    """

    _name = "hub.skill.coverage"
    _description = "Skill needed and offered"
    _auto = False
    _check_company_auto = True
    _order = (
        "urgency desc, lacking_mandatory_count desc, gap desc, need_weight desc,"
        " need_count desc, person_count desc, id"
    )
    _rec_name = "skill_id"

    company_id = fields.Many2one("res.company", readonly=True)
    skill_id = fields.Many2one("hub.skill", readonly=True)
    need_count = fields.Integer(
        string="Projects that need it",
        readonly=True,
        help="Open projects, from reception to the follow-up after creation, that list"
        " this skill.",
    )
    need_weight = fields.Integer(
        string="Importance added up",
        readonly=True,
        help="1 where it is useful, 2 where it is needed, 3 where it is decisive, added"
        " over these projects.",
    )
    mandatory_count = fields.Integer(
        string="Indispensable",
        readonly=True,
        help="Projects among them for which this skill is indispensable.",
    )
    covered_count = fields.Integer(
        string="Covered",
        readonly=True,
        help="One of the two people has it at the level wanted, or a finer skill.",
    )
    asked_count = fields.Integer(
        string="Covered if those asked say yes",
        readonly=True,
        help="The person who has it is proposed and has not agreed yet.",
    )
    expert_count = fields.Integer(
        string="Covered by a one-off expertise",
        readonly=True,
        help="Neither of the two has it, but somebody else comes for it.",
    )
    missing_count = fields.Integer(
        string="Not covered by the pair",
        readonly=True,
        help="Both places are taken, and neither person has it at the level wanted.",
    )
    waiting_count = fields.Integer(
        string="Waiting for somebody",
        readonly=True,
        help="A place beside the project is free, and nobody there has the skill.",
    )
    lacking_count = fields.Integer(
        string="Projects that lack it",
        readonly=True,
        help="Not covered by the pair, or waiting for somebody.",
    )
    lacking_mandatory_count = fields.Integer(
        string="Indispensable and lacking", readonly=True
    )
    person_count = fields.Integer(
        string="People who offer it",
        readonly=True,
        help="Volunteers and employees of today, not away, who practise it or are"
        " experts in it or in a finer skill.",
    )
    free_person_count = fields.Integer(
        string="With a free place",
        readonly=True,
        help="Those of them who could accompany one more project; a proposal that"
        " waits for an answer takes a place.",
    )
    free_place_count = fields.Integer(
        string="Free places",
        readonly=True,
        help="Projects that these people could still accompany. Whoever has several"
        " skills counts for each of them.",
    )
    away_count = fields.Integer(
        string="Offer it, away today", readonly=True, help="Not counted as offering."
    )
    sole_partner_id = fields.Many2one(
        "res.partner",
        string="Only person",
        readonly=True,
        help="Offers this skill today and is alone to do so.",
    )
    learner_count = fields.Integer(
        string="Learning it", readonly=True, help="Not away, level “learning”."
    )
    learner_booked_count = fields.Integer(
        string="Learning, training booked",
        readonly=True,
        help="Those who have a place in a training of volunteers to come.",
    )
    trainee_count = fields.Integer(
        string="Could be trained",
        readonly=True,
        help="For a skill in short supply or carried by one person: people of today"
        " who have it below the level wanted, and those who have a free place and"
        " master another skill of the same family.",
    )
    trainee_ids = fields.Many2many(
        "res.partner", string="Whom to train", compute="_compute_people"
    )
    person_ids = fields.Many2many(
        "res.partner", string="Who offers it", compute="_compute_people"
    )
    gap = fields.Integer(
        string="People to find",
        readonly=True,
        help="So many projects would find nobody at the level they want, even if all"
        " free places of those who offer the skill went to them.",
    )
    advice = fields.Selection(
        [
            ("recruit", "Recruit"),
            ("train", "Train"),
            ("fragile", "Fragile"),
            ("enough", "Enough"),
            ("unused", "Not needed today"),
        ],
        readonly=True,
        help="Train: projects lack it, too few places are free, and somebody could"
        " learn it. Recruit: the same, and nobody could. Fragile: no project is short"
        " of it, but one person at most offers it. Not needed today: no open"
        " project lists it, nor a wider skill. Enough: all others.",
    )
    urgency = fields.Integer(readonly=True, aggregator=False)
    words = fields.Text(string="In words", compute="_compute_words")

    @property
    def _table_query(self):
        return query.read_parts(self.env, COVERAGE)

    def _compute_people(self):
        people = self._people_by_part()
        for row in self:
            found = people.get(row._key(), {})
            row.person_ids = row._partners(found, "free", "full")
            row.trainee_ids = row._partners(found, "trainee")

    @api.depends_context("lang")
    def _compute_words(self):
        people = self._people_by_part()
        for row in self:
            found = people.get(row._key(), {})
            sentences = [
                row._words_of_need(),
                row._words_of_offer(found),
                row._words_of_advice(row._partners(found, "trainee")),
            ]
            row.words = "\n".join(filter(None, sentences))

    @api.model
    def _partners(self, found, *parts):
        """Records of these parts of :meth:`_people_by_part`, in order of names."""
        ids = [partner_id for part in parts for partner_id in found.get(part, ())]
        return self.env["res.partner"].browse(ids).sorted("display_name")
