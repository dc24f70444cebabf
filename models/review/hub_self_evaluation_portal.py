from odoo import models


class HubSelfEvaluationPerson(models.Model):
    """The page on which somebody answers, on a telephone."""

    _inherit = "hub.self.evaluation.person"

    def _portal_is_open(self):
        self.ensure_one()
        evaluation = self.evaluation_id
        return (
            evaluation.collecting == "open"
            and evaluation.state == "draft"
            and not self.has_answered
        )

    def _portal_values(self):
        """Plain values for the page."""
        self.ensure_one()
        evaluation = self.evaluation_id
        hub = self.env["hub.portal"]._contacts(evaluation.company_id.partner_id)[0]
        values = {"hub": hub, "answered": self.has_answered}
        if not self._portal_is_open():
            return {**values, "stage": "closed"}
        return {
            **values,
            "stage": "open",
            "name": self.partner_id.name or "",
            "heading": self.env._(
                "How did we do in %(year)s?", year=str(evaluation.year)
            ),
            "lines": [
                {
                    "id": line.id,
                    "name": line.indicator_id.name,
                    "question": line.indicator_id.question or "",
                    "kind": line.indicator_id.kind,
                    "unit": line.indicator_id.unit or "",
                    "choices": line.indicator_id._value_choices(),
                    "previous": "",
                    "target": "",
                    "baseline": "",
                }
                for line in evaluation.line_ids
            ],
        }

    def _portal_answer(self, values):
        """Keep what was answered without the name, and that the person answered.

        :param values: what the page sent, ``value_<line>``
        """
        self.ensure_one()
        if not self._portal_is_open():
            return
        evaluation = self.evaluation_id
        # two taps at once: both write on one row, and Odoo begins the later one again
        self._unguarded().has_answered = True
        evaluation._take_answers(
            {line.id: values.get(f"value_{line.id}") for line in evaluation.line_ids}
        )
