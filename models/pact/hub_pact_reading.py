from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html_sanitize

from ...reports.print_words import long_date


class HubPact(models.Model):
    """The text of a pact with words instead of codes, for pages and documents.

    Whole sentences: fragments do not translate.
    """

    _inherit = "hub.pact"

    def _reading(self):
        """What the text says, as plain values in the language of the context."""
        self.ensure_one()
        text = self._text()
        return {
            "lang": text["lang"].replace("_", "-"),
            "name": text["name"],
            "heading": self._read_heading(text),
            "version": self._read_version(text),
            "subject": self._read_subject(text),
            "territory": self._read_territory(text),
            "checks": self._read_checks(text),
            "projects": ", ".join(text["projects"]),
            "period": self._read_period(text),
            "purpose": self._read_html(text["purpose"]),
            "clauses": self._read_html(text["clauses"]),
            "diagnosis": self._read_html(text["diagnosis"]),
            "diagnosis_source": self._read_diagnosis_source(text),
            "findings": self._read_findings(text),
            "parties": self._read_parties(text),
            "meetings": [self._read_meeting(meeting) for meeting in text["meetings"]],
            "goals": text["goals"],
            "commitments": [self._read_commitment(one) for one in text["commitments"]],
            "matrix": self._read_matrix(text),
            "terms": [self._read_term(term) for term in text["terms"]],
        }

    @api.model
    def _read_labels(self, model, field):
        """Labels of a selection, in the language of the context."""
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    @api.model
    def _read_html(self, text):
        """Sanitised when it was written, and again: a page trusts nothing stored."""
        return html_sanitize(text) if text else Markup()

    @api.model
    def _read_day(self, value):
        return long_date(self.env, fields.Date.to_date(value or None))

    def _read_heading(self, text):
        label = self._read_labels(self._name, "form")[text["form"]]
        if not text["amends"]:
            return label
        return self.env._("Amendment: %(form)s", form=label.lower())

    def _read_version(self, text):
        """Line under the title."""
        parts = [
            text["number"],
            self.env._("version %(version)s", version=text["version"]),
        ]
        amends = text["amends"]
        if amends:
            parts.append(
                self.env._(
                    "amends %(pact)s, version %(version)s",
                    pact=amends["number"],
                    version=amends["version"],
                )
            )
        return " · ".join(filter(None, parts))

    def _read_subject(self, text):
        """Which projects, where, agreed when."""
        sentences = []
        if text["projects"]:
            names = ", ".join(text["projects"])
            sentences.append(self.env._("Project: %(names)s.", names=names))
        if text["territory"]:
            sentences.append(
                self.env._("Territory: %(place)s.", place=text["territory"])
            )
        if text["joint_interview_on"]:
            day = self._read_day(text["joint_interview_on"])
            sentences.append(self.env._("Agreed together on %(date)s.", date=day))
        return " ".join(sentences)

    def _read_territory(self, text):
        place = text["territory"]
        return place and self.env._("The pact applies to: %(place)s.", place=place)

    def _read_checks(self, text):
        """Which of the four checks of a local pact hold."""
        held = [
            self._fields[name]._description_string(self.env).lower()
            for name in text["checks"]
        ]
        return held and self.env._(
            "The parties have checked that the pact is: %(checks)s.",
            checks=", ".join(held),
        )

    def _read_period(self, text):
        """First day, last day, next look together."""
        sentences = []
        if text["date_start"] and text["date_end"]:
            sentences.append(
                self.env._(
                    "From %(start)s to %(end)s.",
                    start=self._read_day(text["date_start"]),
                    end=self._read_day(text["date_end"]),
                )
            )
        if text["review_on"]:
            day = self._read_day(text["review_on"])
            sentences.append(
                self.env._("The parties look at it together on %(date)s.", date=day)
            )
        return " ".join(sentences)

    def _read_diagnosis_source(self, text):
        """Which version of the shared diagnosis the text rests on."""
        parts = [text["diagnosis_version"], self._read_day(text["diagnosis_date"])]
        return ", ".join(filter(None, parts))

    def _read_findings(self, text):
        labels = self._read_labels("hub.diagnosis.line", "kind")
        found = {}
        for finding in text["findings"]:
            found.setdefault(finding["kind"], []).append(finding["name"])
        return [(labels.get(kind, ""), names) for kind, names in found.items()]

    def _read_parties(self, text):
        """Parties by kind; the kind is told once."""
        labels = self._read_labels("hub.pact.party", "category")
        told, lines = set(), []
        for party in text["parties"]:
            kind = party["category"]
            lines.append(
                {
                    **party,
                    "kind": labels.get(kind, ""),
                    "first": kind not in told,
                    "represented": ", ".join(
                        filter(None, [party["representative"], party["capacity"]])
                    ),
                }
            )
            told.add(kind)
        return lines

    def _read_meeting(self, meeting):
        """Day and place, who was there by kind of party, what was agreed."""
        labels = self._read_labels("hub.pact.party", "category")
        present = " · ".join(
            f"{labels.get(kind, '')} ({', '.join(names)})"
            for kind, names in meeting["present"]
        )
        day = ", ".join(
            filter(None, [self._read_day(meeting["date"]), meeting["place"]])
        )
        lines = [
            day,
            present and self.env._("Present: %(names)s.", names=present),
            meeting["others"]
            and self.env._("Also present: %(names)s.", names=meeting["others"]),
            meeting["agreed"]
            and self.env._("Agreed: %(text)s", text=meeting["agreed"]),
        ]
        return list(filter(None, lines))

    def _read_commitment(self, line):
        day = self._read_day(line["due"])
        until = day and self.env._("until %(date)s", date=day)
        labels = self._read_labels
        supports = labels("hub.pact.commitment", "support")
        return {
            "who": line["who"],
            "what": line["text"],
            "when": ", ".join(filter(None, [line["rhythm"], until])),
            "support": supports.get(line["support"], ""),
            "level": labels("hub.pact.commitment", "level").get(line["level"], ""),
        }

    def _read_term(self, term):
        how = [term["source"], term["collector"], term["rhythm"]]
        return {
            **term,
            "baseline": self._read_value(term, "baseline"),
            "target": self._read_value(term, "target"),
            "baseline_on": self._read_day(term["baseline_on"]),
            "target_on": self._read_day(term["target_on"]),
            "how": " · ".join(filter(None, how)),
        }

    @api.model
    def _read_value(self, term, name):
        """A step or a figure where the term has one, and the words beside it."""
        return " · ".join(filter(None, [term.get(f"{name}_value"), term[name]]))
