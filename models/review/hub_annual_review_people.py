from collections import Counter

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools.breakdowns import shown_groups


class HubAnnualReview(models.Model):
    """Who is invited to a review, who came, and what members answered."""

    _inherit = "hub.annual.review"

    def action_invite(self):
        """All project holders and everybody of the colleges: on the list of those who
        are asked, and of those who are expected at the meeting. Nothing is sent."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen({"person_ids": True})
        people = self._members()
        new = people - self.person_ids.partner_id
        self.person_ids = [Command.create({"partner_id": one.id}) for one in new]
        places = self.env["event.registration"]
        if self.event_id:
            places = self.event_id._hub_add_people(people)
        self._count_invited()
        message = self.env._(
            "People invited: %(count)s, of whom %(new)s new. Nothing was sent.",
            count=len(people),
            new=len(new | places.partner_id),
        )
        return self.env["hub.asking.mixin"]._notify([message])

    def action_write_to_people(self):
        """Choose to whom the invitation to the meeting is sent."""
        self.ensure_one()
        self.check_access("write")
        if not self.event_id:
            raise UserError(
                self.env._(
                    "%(name)s has no meeting yet: choose it or plan it first.",
                    name=self.display_name,
                )
            )
        return self.event_id.action_hub_write("invitation")

    def _members(self):
        """Whoever has a role today, and every holder of a project under way."""
        today = self.env["hub.asking.mixin"]._today()
        roles = self.env["hub.role"]
        held = roles.search(
            roles._domain_on(today) & Domain("company_id", "=", self.company_id.id)
        )
        leads = self.env["crm.lead"].search(
            Domain("is_hub_project", "=", True)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("stage_id.hub_phase", "not in", ("reception", "closed"))
        )
        people = held.partner_id | leads.hub_holder_ids.partner_id
        return people.filtered("active").sorted("id")

    def _count_invited(self):
        invited = Counter(person.college_id for person in self.person_ids)
        for line in self.college_line_ids:
            line.invited_count = invited[line.college_id]

    def action_count_attendance(self):
        """Who came, by college, as noted on the sheet of the meeting."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen({"college_line_ids": True})
        if not self.event_id:
            raise UserError(
                self.env._(
                    "%(name)s has no meeting: type in how many came of each college.",
                    name=self.display_name,
                )
            )
        places = self.event_id.sudo().registration_ids.filtered(
            lambda place: place.hub_attendance == "present"
        )
        people = self.env["res.partner"].union(*(p._hub_attendee() for p in places))
        known = {one.partner_id: one.college_id for one in self.person_ids}
        others = self.env["hub.review.person"].concat(
            *(
                self.env["hub.review.person"].new(
                    {"partner_id": person.id, "review_id": self.id}
                )
                for person in people
                if person not in known
            )
        )
        known |= {one.partner_id._origin: one.college_id for one in others}
        came = Counter(known[person] for person in people)
        for line in self.college_line_ids:
            line.present_count = came[line.college_id]

    def action_sheet(self):
        """Type in a sheet that somebody filled in on paper, without a name."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A sheet on paper"),
            "res_model": "hub.review.sheet",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    # ------------------------------------------------------------
    # What members answered
    # ------------------------------------------------------------

    def action_open(self):
        self.ensure_one()
        if not self.set_id:
            raise UserError(
                self.env._(
                    "%(name)s: choose the indicators that members are asked about; the"
                    " colleges validate them.",
                    name=self.display_name,
                )
            )
        return super().action_open()

    def _asked(self):
        """The indicators that members are asked about, in their order."""
        indicators = self.set_id.with_context(active_test=False).indicator_ids
        return indicators.sorted(lambda one: (one.sequence, one.id))

    def _answer_rows(self, values):
        """:param values: ``{indicator id: value}``"""
        return [
            {"review_id": self.id, "indicator_id": indicator.id, "value": value}
            for indicator in self._asked()
            if (value := indicator._read_value(values.get(indicator.id)))
        ]

    def _answers_by_indicator(self):
        """What may be shown of the answers: of all, and of each college that is large
        enough, so that nobody's answer can be worked out.

        :return: ``[{name, question, rows: [{college, count, answers}]}]``
        """
        self.ensure_one()
        if not self._shows_answers():
            return []
        rows = (
            self.env["hub.review.answer"]
            .sudo()
            ._read_group(
                [("review_id", "=", self.id)],
                ["indicator_id", "college_id", "value"],
                ["__count"],
            )
        )
        found = {}
        for indicator, college, value, count in rows:
            found.setdefault(indicator.id, {}).setdefault(college, Counter())[
                value
            ] += count
        return [
            {
                "name": indicator.name,
                "question": indicator.question or "",
                "rows": self._answer_lines(indicator, found[indicator.id]),
            }
            for indicator in self._asked()
            if indicator.id in found
        ]

    def _answer_lines(self, indicator, by_college):
        threshold = self.company_id.hub_small_group
        sizes = {(college.id,): c.total() for college, c in by_college.items()}
        shown = shown_groups(sizes, threshold)
        if shown is None:
            return [self._answer_line(self.env._("All together"), None, Counter())]
        everybody = sum(by_college.values(), Counter())
        lines = [self._answer_line(self.env._("All together"), indicator, everybody)]
        if indicator.kind == "text":
            return lines
        known = sorted(by_college, key=lambda one: (one.sequence, one.id))
        for college in known:
            if college.id in shown[0] and len(known) > 1:
                name = college.name or self.env._("No college")
                lines.append(self._answer_line(name, indicator, by_college[college]))
        return lines

    def _answer_line(self, college, indicator, counts):
        if not indicator:
            said = self.env._("not shown: too few answers")
        elif indicator.kind == "text":
            said = "\n".join(sorted(counts))
        else:
            order = [value for value, _label in indicator._value_choices()]
            order = order or sorted(counts, key=float)
            said = "\n".join(
                self.env._(
                    "%(answer)s: %(count)s",
                    answer=indicator._value_label(value),
                    count=counts[value],
                )
                for value in order
                if counts[value]
            )
        return {"college": college, "count": counts.total(), "answers": said}
