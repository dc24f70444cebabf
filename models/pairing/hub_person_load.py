from odoo import fields, models

from ..common.list_behind import open_list
from . import skill_coverage_query as query
from .hub_pairing import OPEN_STATES

# Who carries how much; people who left keep their row as long as they hold a place.
LOAD = """
SELECT COALESCE(people.company_id, places.company_id)::bigint * 10000000
           + COALESCE(people.partner_id, places.partner_id) AS id,
       COALESCE(people.company_id, places.company_id) AS company_id,
       COALESCE(people.partner_id, places.partner_id) AS partner_id,
       COALESCE(people.capacity, 0) AS capacity,
       COALESCE(places.followed, 0) AS followed_count,
       COALESCE(places.taken, 0) - COALESCE(places.followed, 0) AS asked_count,
       COALESCE(places.taken, 0) AS taken_count,
       COALESCE(places.besides, 0) AS besides_count,
       GREATEST(0, COALESCE(people.capacity, 0) - COALESCE(places.taken, 0))
           AS free_count,
       GREATEST(0, COALESCE(places.taken, 0) - COALESCE(people.capacity, 0))
           AS over_count,
       COALESCE(alone.sole_count, 0) AS sole_count,
       CASE WHEN people.partner_id IS NULL THEN 'left'
            WHEN people.away THEN 'away'
            WHEN places.taken > people.capacity THEN 'over'
            WHEN COALESCE(places.taken, 0) = people.capacity THEN 'full'
            ELSE 'free' END AS state
  FROM people
  FULL JOIN places ON places.company_id = people.company_id
   AND places.partner_id = people.partner_id
  LEFT JOIN (SELECT company_id, sole_partner_id, count(*) AS sole_count
               FROM measured WHERE sole_partner_id IS NOT NULL
           GROUP BY company_id, sole_partner_id) alone
    ON alone.company_id = people.company_id
   AND alone.sole_partner_id = people.partner_id"""


class HubPersonLoad(models.Model):
    """Who carries how much today, the most loaded first; one row per hub and person.

    People whose role has ended stay here as long as they hold a place.
    """

    _name = "hub.person.load"
    _description = "Load of a person"
    _auto = False
    _check_company_auto = True
    _order = "over_count desc, taken_count desc, free_count, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    capacity = fields.Integer(
        string="At most",
        readonly=True,
        aggregator="sum",
        help="Projects that this person accompanies at once, at most; none while away.",
    )
    followed_count = fields.Integer(
        string="Projects followed",
        readonly=True,
        help="As one of the two, agreed to.",
    )
    asked_count = fields.Integer(
        string="Waiting for the answer",
        readonly=True,
        help="Proposals not answered yet: each keeps a place.",
    )
    taken_count = fields.Integer(string="Places taken", readonly=True)
    besides_count = fields.Integer(
        string="Expertise, observation",
        readonly=True,
        help="Projects where this person comes besides, without a place of the pair.",
    )
    free_count = fields.Integer(string="Free places", readonly=True)
    over_count = fields.Integer(
        string="More than agreed",
        readonly=True,
        help="Places taken beyond what the person agreed to.",
    )
    sole_count = fields.Integer(
        string="Skills carried alone",
        readonly=True,
        help="Skills that nobody else offers today.",
    )
    state = fields.Selection(
        [
            ("over", "Too much"),
            ("full", "Full"),
            ("free", "Free place"),
            ("away", "Away"),
            ("left", "Role ended"),
        ],
        string="Situation",
        readonly=True,
    )

    @property
    def _table_query(self):
        return query.read_parts(self.env, LOAD)

    def action_open_behind(self, number):
        """The projects or skills behind a number.

        :param number: name of the field that shows it
        """
        self.ensure_one()
        self.check_access("read")
        if number == "sole_count":
            model, action = "hub.skill.coverage", "hub_skill_coverage_action"
            domain = [("sole_partner_id", "=", self.partner_id.id)]
        else:
            model, action = "hub.pairing", "hub_pairing_action"
            domain = [
                ("volunteer_id", "=", self.partner_id.id),
                ("state", "in", OPEN_STATES),
                ("role", "!=" if number == "besides_count" else "=", "pair"),
            ]
            states = {"followed_count": ("accepted", "active")}
            states["asked_count"] = ("proposed", "sent")
            if number in states:
                domain.append(("state", "in", states[number]))
        domain.append(("company_id", "=", self.company_id.id))
        ids = self.env[model].search(domain).ids
        return open_list(
            self, f"solidarity_hub.{action}", ids, self.partner_id.display_name, number
        )

    def action_open_person(self):
        """The card of the person."""
        self.ensure_one()
        form = self.env.ref("solidarity_hub.view_hub_partner_form")
        return {
            **self.partner_id._get_records_action(),
            "views": [(form.id, "form")],
        }
