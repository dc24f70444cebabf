from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .hub_evaluation import SIDES

LONGEST = 2000


class HubEvaluationPerson(models.Model):
    """What somebody sees and says on the personal page of an evaluation.

    First one's own view, alone; when somebody of each side has given one, all views
    side by side and what they say together; then a yes or a no to it.
    """

    _inherit = "hub.evaluation.person"

    def action_new_link(self):
        """The link fell into other hands: it opens nothing any more."""
        self.check_access("write")
        self._renew_key()

    def _portal_stage(self):
        """One of ``give wait talk confirm said agreed closed``."""
        self.ensure_one()
        evaluation = self.evaluation_id
        if evaluation.state == "agreed" and not self.excused:
            return "agreed"
        if evaluation.state != "under_way" or not evaluation.active or self.excused:
            return "closed"
        if not self.given_on:
            return "give"
        if not self._sees_others():
            return "wait"
        if self.answer != "waiting":
            return "said"
        return "confirm" if evaluation.proposed_on else "talk"

    def _portal_values(self, stage):
        """Plain values for the page, nothing beyond what this stage shows."""
        self.ensure_one()
        evaluation = self.evaluation_id
        hub = evaluation.company_id.partner_id
        values = {
            "stage": stage,
            "answer": self.answer,
            "hub": self.env["hub.portal"]._contacts(hub)[0],
        }
        if stage == "closed":
            return values
        values |= {
            "project": evaluation.pact_id.name,
            "name": self.partner_id.name or "",
            "date": format_date(self.env, evaluation.date),
            "comment": self.comment or "",
            "words": evaluation.words or "" if self._portal_shows_all(stage) else "",
            "lines": [self._portal_line(line, stage) for line in evaluation.line_ids],
            "people": self._portal_people(stage),
            "mark": evaluation._agreed_mark() if stage == "confirm" else "",
            "awaited": [
                person.partner_id.name or ""
                for person in evaluation.person_ids
                if person.is_awaited and person != self
            ],
        }
        return values

    def _portal_shows_all(self, stage):
        return stage in ("talk", "confirm", "said", "agreed")

    def _portal_line(self, line, stage):
        indicator = line.indicator_id
        mine = self.view_ids.filtered(lambda view: view.line_id == line)
        values = {
            "id": line.id,
            "name": indicator.name,
            "question": indicator.question or "",
            "kind": indicator.kind,
            "unit": indicator.unit or "",
            "choices": indicator._value_choices(),
            "baseline": line.baseline_label or "",
            "target": line.target_label or "",
            "previous": line.previous_label or "",
            "mine": mine.value or "",
            "mine_label": mine.label or "",
        }
        if self._portal_shows_all(stage):
            values |= {
                "views": [
                    {"name": view.person_id.partner_id.name or "", "label": view.label}
                    for view in line.view_ids.sorted(lambda v: (v.person_id.side, v.id))
                ],
                "agreed": line.agreed_value or "",
                "agreed_label": line.agreed_label or "",
                "comment": line.comment or "",
            }
        return values

    def _portal_people(self, stage):
        """Who takes part; what each one wrote, once the views are shown."""
        shown = self._portal_shows_all(stage)
        labels = self.evaluation_id._side_labels()
        order = [side for side, _label in SIDES]
        people = self.evaluation_id.person_ids.filtered(lambda p: not p.excused)
        return [
            {
                "name": person.partner_id.name or "",
                "side": labels[person.side],
                "comment": person.comment or "" if shown else "",
                "agrees": person.answer == "yes",
            }
            for person in people.sorted(lambda p: (order.index(p.side), p.id))
        ]

    # ------------------------------------------------------------
    # What is said there
    # ------------------------------------------------------------

    def _portal_give(self, values):
        """One's own view, which may change until the views are shown."""
        self.ensure_one()
        if self._portal_stage() not in ("give", "wait"):
            raise UserError(
                self.env._(
                    "The views are shown by now: they no longer change. Say what you"
                    " agree on together."
                )
            )
        told = self._portal_told(values, "value")
        comment = (values.get("comment") or "").strip()[:LONGEST]
        if not any(told.values()) and not comment:
            raise UserError(
                self.env._("Nothing was filled in: answer at least one question.")
            )
        first = not self.given_on
        self._note_values(told, "portal")
        self._unguarded().comment = comment
        if not first and self.given_channel != "portal":
            # noted down for the person before: from now on it is his or her own
            vals = {"given_channel": "portal", "given_by_id": False}
            self._unguarded().write(vals)

    def _portal_propose(self, values):
        """What they say together, put down by one of them, who says yes to it."""
        self.ensure_one()
        if self._portal_stage() not in ("talk", "confirm", "said"):
            raise UserError(self.env._("There is nothing to agree on just now."))
        evaluation = self.evaluation_id
        told = self._portal_told(values, "agreed")
        for line in evaluation.line_ids:
            comment = (values.get(f"comment_{line.id}") or "").strip()[:LONGEST]
            vals = {"agreed_value": told[line.id] or False, "comment": comment or False}
            if (line.agreed_value or False, line.comment or False) != tuple(
                vals.values()
            ):
                line.write(vals)
        words = (values.get("words") or "").strip()[:LONGEST]
        if words != (evaluation.words or ""):
            evaluation.words = words
        evaluation._check_ready()
        asked = not evaluation.proposed_on
        if asked:
            evaluation._unguarded().proposed_on = self._today()
        if self.answer != "yes":
            self._reset_answer()
            self._agree("portal")
        others = evaluation.person_ids.filtered("is_awaited")
        if asked and others:
            others._ask()

    def _portal_told(self, values, name):
        """``{line id: value}`` of a page, each read and checked."""
        return {
            line.id: line.indicator_id._read_value(values.get(f"{name}_{line.id}"))
            for line in self.evaluation_id.line_ids
        }

    def _portal_confirm(self, answer, mark=None, reason=None):
        """A yes or a no to what was put down.

        :param mark: fingerprint of what the page showed
        """
        self.ensure_one()
        if self._portal_stage() != "confirm":
            return
        if mark != self.evaluation_id._agreed_mark():
            raise UserError(
                self.env._(
                    "Somebody has just changed what you say together: read it again."
                )
            )
        if answer == "yes":
            self._agree("portal")
        else:
            self._disagree("portal", (reason or "").strip()[:LONGEST])
