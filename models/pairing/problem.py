from collections import Counter
from dataclasses import dataclass

from ...tools import pairing as engine


@dataclass(frozen=True)
class CohortProblem:
    """What the search for a whole cohort knows, as plain values by id.

    :param projects: {project id: what it needs}
    :param people: {person id: what he or she brings}
    :param forbidden: (project id, person id) never put together
    :param locked: (project id, person id) already decided
    :param apart: (person id, person id) in conflict with each other
    :param kept: {project id: ids of the people who are beside it already}
    :param capacities: {person id: projects at once}
    :param verdicts: {(project id, person id): what the rules say}
    """

    projects: dict
    people: dict
    forbidden: frozenset
    locked: frozenset
    apart: frozenset
    kept: dict
    capacities: dict
    verdicts: dict

    @property
    def rules(self):
        return {
            "forbidden": self.forbidden,
            "locked": self.locked,
            "apart": self.apart,
        }

    @property
    def size(self):
        """How many pairs there are to compare, at most."""
        people = len(self.candidates())
        return len(self.projects) * people * (people - 1) // 2

    def candidates(self):
        """Those who may be beside at least one of the projects."""
        out = Counter(person for _project, person in self.forbidden)
        return [
            person
            for person_id, person in self.people.items()
            if out[person_id] < len(self.projects)
        ]

    def allowed(self, project_id):
        """Ids of those who may be beside this project."""
        return [p for p in self.people if (project_id, p) not in self.forbidden]

    def solve(self, time_limit):
        return engine.solve(
            self.projects.values(),
            self.candidates(),
            **self.rules,
            time_limit=time_limit,
        )

    def values(self, plan):
        """{project id: what these people are worth together}

        :param plan: {project id: ids of the people}
        """
        scale = engine.scale_of(self.projects.values())
        return {
            project_id: engine.value_pair(
                self.projects[project_id],
                [self.people[person] for person in people],
                scale=scale,
            )
            for project_id, people in plan.items()
        }

    def next_pairs(self, project_id, plan, limit):
        """The next best pairs of a project, whatever was fixed on it by hand."""
        kept = self.kept.get(project_id, ())
        locked = {
            (project, person)
            for project, person in self.locked
            if project != project_id or person in kept
        }
        return engine.next_pairs(
            project_id,
            tuple(self.values(plan).values()),
            self.projects.values(),
            self.candidates(),
            **{**self.rules, "locked": locked},
            limit=limit,
        )

    def loads_after(self, plan):
        """{person id: projects followed once the plan is carried out}"""
        beside = {
            project_id: set(plan.get(project_id, ())) | set(self.kept[project_id])
            for project_id in self.projects
        }
        taken = Counter(person for people in beside.values() for person in people)
        return {key: person.load + taken[key] for key, person in self.people.items()}

    def loads_before(self):
        """{person id: projects followed or asked for today}"""
        return self.loads_after({})
