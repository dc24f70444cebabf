import json

from odoo import fields, models

CHECKS = ("is_anchored", "is_open", "is_linked", "is_known")


def _empty(names):
    return dict.fromkeys(names.split(), "")


EMPTY_TEXT = {
    **_empty("number version form name lang date_start date_end hub territory"),
    **_empty("joint_interview_on review_on purpose clauses"),
    **_empty("diagnosis diagnosis_version diagnosis_date"),
    "projects": [],
    "checks": [],
    "amends": {},
    "findings": [],
    "goals": [],
}
EMPTY_LINES = {
    "parties": _empty("name category representative capacity town"),
    "meetings": {**_empty("date place others agreed"), "present": []},
    "commitments": {**_empty("who text support level due rhythm"), "names": []},
    "terms": {
        **_empty("indicator question kind objective baseline baseline_on"),
        **_empty("target target_on source collector rhythm validated_by"),
    },
}
EMPTY_TEXT |= {name: [] for name in EMPTY_LINES}


class HubPact(models.Model):
    """The text of a pact as plain values: what is shown, printed and signed is one.

    Pages and documents read these values and nothing else, so that what a person
    read is, letter by letter, what the fingerprint stands for.
    """

    _inherit = "hub.pact"

    def _frozen_payload(self):
        """The whole text, in the language of the pact whoever asks for it."""
        self.ensure_one()
        pact = self.sudo().with_context(lang=self.lang, active_test=False)
        return {
            **pact._payload_head(),
            "purpose": str(pact.purpose or ""),
            "clauses": str(pact.clauses or ""),
            **pact._payload_diagnosis(),
            "parties": [party._frozen_values() for party in pact._print_parties()],
            "meetings": [
                meeting._frozen_values()
                for meeting in pact._held_meetings().sorted("date")
            ],
            "goals": pact.goal_ids.mapped("name"),
            "commitments": [line._frozen_values() for line in pact.commitment_ids],
            "terms": [line._frozen_values() for line in pact.term_ids],
        }

    def _payload_head(self):
        plain = ("number", "version", "form", "name", "lang", "date_start", "date_end")
        return {
            **{name: self[name] or "" for name in plain},
            "hub": self.company_id.name,
            "projects": self.lead_ids.mapped("name"),
            "territory": self.territory_id.display_name or "",
            "joint_interview_on": self.joint_interview_on or "",
            "review_on": self.next_review_on or "",
            "checks": [name for name in CHECKS if self[name]],
            "amends": self.parent_id and self.parent_id._text_reference() or {},
        }

    def _payload_diagnosis(self):
        found = self.diagnosis_id
        return {
            "diagnosis": str(self.diagnosis or ""),
            "diagnosis_version": found.display_name or "",
            "diagnosis_date": found.date or "",
            "findings": [
                {"kind": line.kind, "name": line.name} for line in found.line_ids
            ],
        }

    def _check_may_read_text(self):
        """The text is put together with all rights: whoever asks needs those of his
        own, be it for a page or for a document."""
        if not self.env.su:
            self.check_access("read")
            self._check_field_access(self._fields["frozen_json"], "read")

    def _text_reference(self):
        """Which text another one speaks of: number, version, fingerprint."""
        self.ensure_one()
        return {
            "number": self.number or "",
            "version": self.version,
            "form": self.form,
            "fingerprint": self.sudo().frozen_hash or "",
        }

    def _held_meetings(self):
        today = fields.Date.context_today(self)
        return self.meeting_ids.filtered(lambda meeting: meeting.date <= today)

    def _text(self):
        """The text as it was frozen, else as a signature of now would freeze it.

        A frozen text outlives what the addon knew on that day: what it does not say
        is empty.
        """
        self.ensure_one()
        text = {**EMPTY_TEXT, **json.loads(self._text_json())}
        for name, empty in EMPTY_LINES.items():
            text[name] = [{**empty, **line} for line in text[name]]
        return text

    def _text_fingerprint(self):
        """Fingerprint of what a page or a document shows now."""
        self.ensure_one()
        return self.sudo().frozen_hash or self._fingerprint(self._text_json().encode())

    def _text_json(self):
        self._check_may_read_text()
        frozen = self.sudo().frozen_json
        return frozen or self._canonical_json(self._frozen_payload())
