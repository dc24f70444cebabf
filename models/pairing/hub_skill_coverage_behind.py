from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ..common.list_behind import open_list
from . import skill_coverage_query as query

NEEDED = ("covered", "asked", "expert", "missing", "waiting")
# Which projects stand behind which number: in which situation, only if indispensable.
PROJECTS_OF = {
    "need_count": (NEEDED, False),
    "mandatory_count": (NEEDED, True),
    "covered_count": (("covered",), False),
    "asked_count": (("asked",), False),
    "expert_count": (("expert",), False),
    "missing_count": (("missing",), False),
    "waiting_count": (("waiting",), False),
    "lacking_count": (query.LACKING, False),
    "lacking_mandatory_count": (query.LACKING, True),
    "gap": (query.LACKING, False),
}
PEOPLE_OF = {
    "person_count": ("free", "full"),
    "free_person_count": ("free",),
    "free_place_count": ("free",),
    "away_count": ("away",),
    "learner_count": ("learner",),
    "trainee_count": ("trainee",),
}
# The list counts projects or people where the number counts something else.
SHOWN_AS = {"gap": "lacking_count", "free_place_count": "free_person_count"}
LEADS = "SELECT company_id, skill_id, lead_id, status, mandatory FROM needs"
PEOPLE = """
SELECT company_id, skill_id, partner_id, CASE
       WHEN level >= 2 AND away THEN 'away'
       WHEN level >= 2 AND places_free > 0 THEN 'free'
       WHEN level >= 2 THEN 'full'
       WHEN NOT away THEN 'learner' END AS part
  FROM offers
 UNION ALL SELECT company_id, skill_id, partner_id, 'trainee' FROM trainees"""


class HubSkillCoverage(models.Model):
    """The people and projects behind the numbers."""

    _inherit = "hub.skill.coverage"

    def action_open_behind(self, number):
        """The list behind a number.

        :param number: name of the field that shows it
        """
        self.ensure_one()
        self.check_access("read")
        if number in PROJECTS_OF:
            ids = self._lead_ids(*PROJECTS_OF[number])
            action = "solidarity_hub.crm_lead_action_hub"
        elif number in PEOPLE_OF:
            people = self._people_by_part().get(self._key(), {})
            ids = [i for part in PEOPLE_OF[number] for i in people.get(part, ())]
            action = "solidarity_hub.action_hub_people"
        else:
            raise UserError(self.env._("There is no list behind this number."))
        return open_list(
            self,
            action,
            ids,
            self.skill_id.display_name,
            SHOWN_AS.get(number, number),
        )

    def _lead_ids(self, statuses, mandatory):
        rows = self.env.execute_query(query.read_parts(self.env, LEADS))
        return [
            lead_id
            for company_id, skill_id, lead_id, status, indispensable in rows
            if (company_id, skill_id) == self._key()
            and status in statuses
            and (indispensable or not mandatory)
        ]

    def _people_by_part(self):
        """``{(company id, skill id): {part: partner ids}}`` for all skills at once."""
        found = defaultdict(lambda: defaultdict(list))
        rows = self.env.execute_query(query.read_parts(self.env, PEOPLE))
        for company_id, skill_id, partner_id, part in rows:
            found[company_id, skill_id][part].append(partner_id)
        return found

    def _key(self):
        return self.company_id.id, self.skill_id.id
