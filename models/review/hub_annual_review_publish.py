import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HubAnnualReview(models.Model):
    """What a review needs before it is published, and what stays afterwards."""

    _inherit = "hub.annual.review"

    answers_html = fields.Html(
        string="What members answered",
        compute="_compute_answers_html",
        compute_sudo=False,
        sanitize=False,
    )
    pdf_missing = fields.Boolean(compute="_compute_pdf_missing")

    @api.depends("state", "frozen_pdf_id")
    def _compute_pdf_missing(self):
        for record in self:
            record.pdf_missing = bool(record.frozen_on) and not record.frozen_pdf_id

    @api.depends("collecting", "answer_count")
    @api.depends_context("lang")
    def _compute_answers_html(self):
        for record in self:
            parts = []
            for asked in record._origin._answers() if record._origin else []:
                rows = Markup("").join(
                    Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
                    % (row["college"], row["count"], self._lines(row["answers"]))
                    for row in asked["rows"]
                )
                parts.append(
                    Markup("<h4>%s</h4><table class='table table-sm'>%s</table>")
                    % (asked["name"], rows)
                )
            record.answers_html = Markup("").join(parts)

    @api.model
    def _lines(self, text):
        return Markup("<br/>").join(text.splitlines())

    def _answers(self):
        """As published, once it is."""
        kept = self.sudo().frozen_json and json.loads(self.sudo().frozen_json)
        return kept["answers"] if kept else self._answers_by_indicator()

    def _validation_requirements(self):
        """A year typed in from an earlier report needs its figures, no more."""
        self.ensure_one()
        ended = self.year < fields.Date.context_today(self).year
        still = self.collecting != "open"
        needs = [
            (self.state == "draft", self.env._("a version in preparation")),
            (ended, self.env._("the end of the year")),
            (bool(self.figure_ids), self.env._("at least one figure")),
            (still, self.env._("the answers closed")),
        ]
        if self.origin == "computed":
            today = fields.Date.context_today(self)
            held = self.validated_on and self.validated_on <= today
            needs.append(
                (bool(held), self.env._("the day of the meeting, already held"))
            )
        return needs

    def action_validate(self):
        """Publish: figures, colleges and findings stay as they are."""
        self.check_access("write")
        for record in self:
            came = record.college_line_ids.filtered("present_count").college_id
            if record.state == "draft":
                record.college_ids = came
        return super().action_validate()

    def _next_version(self):
        """The colleges spoke about the year: their answers stay with it."""
        later = super()._next_version()
        kept = self.sudo()
        later.sudo().write(
            {
                "collecting": self.collecting,
                "closed_on": self.closed_on,
                "answer_count": self.answer_count,
                "computed_on": self.computed_on,
                "queries": kept.queries,
                "threshold": self.threshold,
                "collective_times": self.collective_times,
                "validated_on": self.validated_on,
                "place": self.place,
                "words": self.words,
            }
        )
        kept.breakdown_ids.copy({"review_id": later.id})
        answers = kept.env["hub.review.answer"].search([("review_id", "=", self.id)])
        answers.copy({"review_id": later.id})
        for person in kept.person_ids:
            person.copy(
                {
                    "review_id": later.id,
                    "has_answered": person.has_answered,
                    "asked_on": person.asked_on,
                }
            )
        return later

    def _frozen_payload(self):
        self.ensure_one()
        record = self.with_context(lang=self.lang)
        return {
            **record._validation_payload(),
            "year": record.year,
            "origin": record.origin,
            "introduction": record.introduction or "",
            "counted_on": record.computed_on,
            "queries": json.loads(record.sudo().queries or "{}"),
            "smallest_group": record.threshold,
            "collective_times": record.collective_times,
            "figures": [line._frozen_values() for line in record.figure_ids],
            "breakdowns": [line._frozen_values() for line in record.breakdown_ids],
            "asked": record.asked_count,
            "answered": record.answer_count,
            "answers": record._answers_by_indicator(),
            "evaluations": record.evaluation_year_id.frozen_hash or "",
            "self_evaluation": record.self_evaluation_id.frozen_hash or "",
            "colleges_heard": [
                line.sudo()._frozen_values() for line in record.college_line_ids
            ],
            "points": [line._frozen_values() for line in record.point_ids],
        }

    def action_book(self):
        """The figures in a spreadsheet."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/review/{self.id}/xlsx",
            "target": "self",
        }

    def action_compare(self):
        """The figures of all years side by side."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "solidarity_hub.hub_review_figure_action"
        )

    @api.model
    def _published_for(self, partner):
        """Published reviews of the hubs in which somebody has or had a role."""
        roles = self.env["hub.role"].sudo().search([("partner_id", "=", partner.id)])
        return self.sudo().search(
            Domain("company_id", "in", roles.company_id.ids)
            & Domain("state", "=", "validated")
            & Domain("frozen_pdf_id", "!=", False)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        for record in self.filtered("answer_count"):
            raise UserError(
                self.env._(
                    "%(name)s: members have answered. It is published or stays in"
                    " preparation.",
                    name=record.display_name,
                )
            )
