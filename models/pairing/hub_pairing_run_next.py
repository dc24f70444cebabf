from odoo import api, models
from odoo.exceptions import UserError


class HubPairingRunLine(models.Model):
    """Taking another pair for a project, with what that changes elsewhere."""

    _inherit = "hub.pairing.run.line"

    def _take(self, alternative):
        """This pair here, and what the others have then."""
        self.ensure_one()
        self._check_open()
        self.check_access("write")
        run = self.run_id
        changes = alternative.changes or {}
        changes = {int(key): people for key, people in changes.items()}
        chosen = [p.id for p in alternative.first_id | alternative.second_id]
        problem = run._problem()
        plan = run._plan(problem) | {self.lead_id.id: chosen}
        plan |= {key: people for key, people in changes.items() if people}
        for key, people in changes.items():
            if not people:
                plan.pop(key, None)
        reasons = {line.lead_id.id: line.reason for line in run.line_ids}
        reasons |= dict.fromkeys(
            [key for key, people in changes.items() if not people],
            self.env._(
                "One of its people went to “%(project)s”. Search again, or choose two"
                " people by hand.",
                project=self.display_name,
            ),
        )
        changed = run.line_ids.filtered(
            lambda line: line == self or line.lead_id.id in changes
        )
        (changed - self)._check_still_open(problem)
        changed._unguarded().locked = False
        run._unguarded().changed_by_hand = True
        run._write_plan(problem, plan, reasons, changed=changed)
        self._unguarded().locked = True

    def _check_in_cohort(self):
        """Projects that ended or were taken out are left as they are."""
        for line in self - self.filtered(
            lambda line: line.lead_id in line.run_id._leads_to_pair()
        ):
            raise UserError(
                self.env._(
                    "“%(project)s” has ended or was taken out of this cohort: search"
                    " again.",
                    project=line.display_name,
                )
            )

    def _check_still_open(self, problem):
        """What was fixed, proposed or ended since the other pairs were shown, stays."""
        for line in self:
            settled = line.locked or line.state == "proposed"
            if settled or line.lead_id.id not in problem.projects:
                raise UserError(
                    self.env._(
                        "“%(project)s” was fixed, proposed or ended in the meantime."
                        " Look at the other pairs again.",
                        project=line.display_name,
                    )
                )


class HubPairingEngine(models.AbstractModel):
    """The next best pairs, in words."""

    _inherit = "hub.pairing.engine"

    @api.model
    def _alternatives_vals(self, line, problem, found, now):
        """``now``: {project id: the pair it has in the plan}"""
        self._read_names(problem)
        kept = problem.kept[line.lead_id.id]
        rows = []
        for rank, alternative in enumerate(found, start=1):
            pair = alternative.pair
            people = sorted(pair.volunteers, key=lambda person: person not in kept)
            rows.append(
                {
                    "line_id": line.id,
                    "rank": rank,
                    "first_id": people[0],
                    "second_id": people[1] if len(people) > 1 else False,
                    "permille": pair.permille,
                    "words": self._words(pair),
                    "cost": self._cost_text(alternative.changes, now),
                    "changes": {
                        str(key): other and list(other.volunteers)
                        for key, other in alternative.changes.items()
                    },
                }
            )
        return rows

    @api.model
    def _cost_text(self, changes, now):
        """What the other projects would have then."""
        texts = [
            self._change_text(lead.name, changes[lead.id], now.get(lead.id))
            for lead in self.env["crm.lead"].browse(changes)
        ]
        return "\n".join(texts) or self.env._("Costs nothing elsewhere.")

    @api.model
    def _change_text(self, project, pair, now):
        if not pair:
            return self.env._(
                "“%(project)s” would have no pair any more.", project=project
            )
        people = self._people_names(pair.volunteers)
        if not now or len(pair.covered) == len(now.covered):
            return self.env._(
                "“%(project)s” would have %(people)s, and as many needs covered.",
                project=project,
                people=people,
            )
        return self.env._(
            "“%(project)s” would go from %(before)s needs of %(total)s to %(after)s,"
            " with %(people)s.",
            project=project,
            before=len(now.covered),
            after=len(pair.covered),
            total=len(pair.sheet["needs"]),
            people=people,
        )
