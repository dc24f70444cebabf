from odoo import api, models

from ...tools import pairing as engine

NAMED = 5


class HubPairingEngine(models.AbstractModel):
    """What was found for a whole cohort, project by project, in words."""

    _inherit = "hub.pairing.engine"

    @api.model
    def _cohort_lines(self, problem, plan, reasons):
        """{project id: what is shown of it}

        :param plan: {project id: ids of the people}
        :param reasons: {project id: why it stays alone}
        """
        self._read_names(problem)
        values, after = problem.values(plan), problem.loads_after(plan)
        return {
            project: self._pair_vals(problem, values[project], after)
            if plan.get(project)
            else self._alone_vals(problem, project, reasons.get(project))
            for project in problem.projects
        }

    @api.model
    def _pair_vals(self, problem, pair, after):
        kept = problem.kept[pair.project]
        new = [person for person in pair.volunteers if person not in kept]
        people = [person for person in pair.volunteers if person in kept] + new
        if new:
            state = "paired"
        else:
            state = "proposed" if len(people) > 1 else "alone"
        return {
            "first_id": people[0],
            "second_id": people[1] if len(people) > 1 else False,
            "permille": pair.permille,
            "words": self._words(pair),
            "numbers": "\n".join(self._numbers(pair)),
            "covered_by": self._who_brings_what(problem, pair),
            "loads": self._cohort_loads(problem, people, after),
            "reason": False,
            "warning": self._cohort_sentences(problem, pair.project, new, "warnings"),
            "note": self._cohort_sentences(problem, pair.project, new, "notes"),
            "state": state,
            "sought": len(new),
            "problem": False,
        }

    @api.model
    def _alone_vals(self, problem, project, reason):
        kept = problem.kept[project]
        texts = ("words", "numbers", "covered_by", "loads", "warning", "note")
        return dict.fromkeys(texts, False) | {
            "first_id": kept[0] if kept else False,
            "second_id": False,
            "permille": 0,
            "reason": reason
            or self.env._(
                "Nobody is chosen. Search again, or choose two people by hand."
            ),
            "sought": 0,
            "state": "alone",
            "problem": False,
        }

    @api.model
    def _who_brings_what(self, problem, pair):
        """One line per skill needed: who has it, who has some of it, or nobody."""
        lines = []
        for skill, (level, wanted, _weight) in pair.sheet["needs"].items():
            name = self._names([skill])
            who = self._people_names(
                person
                for person in pair.volunteers
                if level and problem.people[person].skills.get(skill, 0) == level
            )
            if not level:
                text = self.env._("%(skill)s: nobody yet", skill=name)
            elif level < wanted:
                text = self.env._("%(skill)s: in part, %(who)s", skill=name, who=who)
            else:
                text = self.env._("%(skill)s: %(who)s", skill=name, who=who)
            lines.append(text)
        return "\n".join(lines)

    @api.model
    def _cohort_loads(self, problem, people, after):
        partners = self.env["res.partner"].sudo()
        return "\n".join(
            self._about(
                partners.browse(person),
                self.env._(
                    "%(load)s of %(capacity)s projects",
                    load=after[person],
                    capacity=problem.capacities[person],
                ),
            )
            for person in people
        )

    @api.model
    def _cohort_sentences(self, problem, project, people, kind):
        partners = self.env["res.partner"].sudo()
        return "\n".join(
            self._about(partners.browse(person), reason.text)
            for person in people
            for reason in getattr(problem.verdicts[project, person], kind)
        )

    # ------------------------------------------------------------
    # Why somebody is not there
    # ------------------------------------------------------------

    @api.model
    def _reasons_alone(self, problem, unpaired):
        """{project id: why it stays alone, with the way out}"""
        self._read_names(problem)
        texts = {
            engine.TAKEN: self.env._(
                "Two people would go well with it, but they have no place left beside"
                " the other projects. Ask one of them to follow one more project and"
                " choose the two by hand with the reason, or welcome more people."
            ),
            engine.LOCKED: self.env._(
                "The people fixed here cannot form a pair. Let them go, or choose"
                " others."
            ),
            engine.TIME: self.env._(
                "Not looked at: the time was over. Search again with more time, or"
                " with fewer projects."
            ),
        }
        return {
            project: texts.get(code) or self._reason_nobody(problem, project, code)
            for project, code in unpaired.items()
        }

    @api.model
    def _reason_nobody(self, problem, project, code):
        if code == engine.MANDATORY:
            return self._reason_mandatory(problem, project)
        people = [p for p in problem.people if p not in problem.kept[project]]
        allowed = [p for p in people if (project, p) not in problem.forbidden]
        left_out = [p for p in people if (project, p) in problem.forbidden]
        sentences = [
            self._about(self.env["res.partner"].sudo().browse(person), text)
            for person in left_out[:NAMED]
            if (text := self._why_not(problem, [project], person))
        ]
        if len(left_out) > NAMED:
            sentences.append(
                self.env._("and %(count)s more", count=len(left_out) - NAMED)
            )
        return self.env._(
            "%(count)s of %(total)s people can be proposed: too few. %(why)s\n"
            "Take in also the people who need a reason, or welcome more people.",
            count=len(allowed),
            total=len(people),
            why="; ".join(sentences),
        )

    @api.model
    def _reason_mandatory(self, problem, project):
        wanted = problem.projects[project]
        people = [problem.people[person] for person in problem.allowed(project)]
        nobody = [
            skill
            for skill in sorted(wanted.mandatory)
            if all(p.skills.get(skill, 0) < wanted.wanted(skill) for p in people)
        ]
        if nobody:
            text = self.env._(
                "Nobody who can be proposed brings what this project cannot do without:"
                " %(skills)s. Make it less strict in the project, or look for somebody"
                " who knows it.",
                skills=self._names(nobody),
            )
            return "\n".join([text, *self._who_would(problem, project, nobody)])
        return self.env._(
            "No two people together bring what this project cannot do without:"
            " %(skills)s. Make one of them less strict in the project.",
            skills=self._names(sorted(wanted.mandatory)),
        )

    @api.model
    def _who_would(self, problem, project, skills):
        """Those who know what is missing, and what stands against them."""
        wanted = problem.projects[project]
        partners, lines = self.env["res.partner"].sudo(), []
        for person_id, person in problem.people.items():
            known = [
                skill
                for skill in skills
                if person.skills.get(skill, 0) >= wanted.wanted(skill)
            ]
            why = self._why_not(problem, [project], person_id)
            if known and why:
                text = self.env._(
                    "knows %(skills)s, but %(why)s",
                    skills=self._names(known),
                    why=why,
                )
                lines.append(self._about(partners.browse(person_id), text))
        return lines[:NAMED]

    @api.model
    def _left_out(self, problem):
        """{person id: why this person can be beside none of the projects}"""
        there = {person.key for person in problem.candidates()}
        return {
            person: self._why_not(problem, problem.projects, person)
            or self.env._("taken off by hand")
            for person in problem.people
            if person not in there
        }

    @api.model
    def _why_not(self, problem, projects, person):
        texts = {}
        for project in projects:
            verdict = problem.verdicts.get((project, person))
            for reason in verdict and (verdict.refusals or verdict.warnings) or ():
                texts[reason.text] = True
        return "; ".join(list(texts)[:3])

    # ------------------------------------------------------------
    # Names, read once
    # ------------------------------------------------------------

    @api.model
    def _read_names(self, problem):
        """All the names at once: the lines then cost no query each."""
        skills = {s for p in problem.projects.values() for s in p.needs}
        skills |= {s for p in problem.projects.values() for s in p.mandatory}
        self.env["hub.skill"].sudo().browse(sorted(skills)).mapped("name")
        self.env["res.partner"].sudo().browse(problem.people).mapped("display_name")

    @api.model
    def _people_names(self, people):
        partners = self.env["res.partner"].sudo()
        return ", ".join(partners.browse(p).display_name for p in people)
