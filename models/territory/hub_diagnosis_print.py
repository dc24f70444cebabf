from odoo import api, fields, models

from ...reports.print_words import long_date
from ..people.hub_role import INSTITUTION_KINDS

# Whoever has several roles is named once, by the first of these.
ORDER = ("holder", "volunteer", "employee", "qualified", "funder")


class HubDiagnosis(models.Model):
    """Who took part, by what they are for the hub on that day; the printed document."""

    _inherit = "hub.diagnosis"

    participant_summary = fields.Char(
        string="Who took part, by kind",
        compute="_compute_participant_summary",
        compute_sudo=True,
    )

    @api.depends("participant_ids", "date", "company_id", "other_participants")
    @api.depends_context("lang")
    def _compute_participant_summary(self):
        roles = self._participant_roles()
        for diagnosis in self:
            found = [
                f"{label} ({len(people)})"
                for label, people in diagnosis._participants_by_kind(roles)
            ]
            others = diagnosis.other_participants
            diagnosis.participant_summary = ", ".join(filter(None, [*found, others]))

    def _participant_roles(self):
        """Roles of those who took part, ``{(person, hub): roles}``."""
        roles = (
            self.env["hub.role"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.participant_ids.ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        return roles.grouped(lambda role: (role.partner_id, role.company_id))

    def _participants_by_kind(self, roles=None):
        """``[(label, people)]``: institutions by kind, people by their role then."""
        self.ensure_one()
        roles = self._participant_roles() if roles is None else roles
        found = {}
        for partner in self.participant_ids:
            held = roles.get((partner, self.company_id), ())
            held = [role for role in held if role._holds_on(self.date)]
            key = self._participant_kind(held)
            found[key] = found.get(key, partner.browse()) | partner
        return [
            (label, found[key]) for key, label in self._kind_labels() if key in found
        ]

    @api.model
    def _participant_kind(self, roles):
        for role in roles:
            if role.kind == "institution" and role.institution_kind:
                return role.institution_kind
        kinds = {role.kind for role in roles}
        return next((kind for kind in ORDER if kind in kinds), "other")

    @api.model
    def _kind_labels(self):
        fields_of_role = self.env["hub.role"]._fields
        roles = dict(fields_of_role["kind"]._description_selection(self.env))
        institutions = dict(
            fields_of_role["institution_kind"]._description_selection(self.env)
        )
        return [
            *((kind, roles[kind]) for kind in ORDER),
            *((kind, institutions[kind]) for kind, _label in INSTITUTION_KINDS),
            ("other", self.env._("Inhabitants and others")),
        ]

    # ------------------------------------------------------------
    # Print
    # ------------------------------------------------------------

    def action_print(self):
        """Print it: who took part, what was found, what changed."""
        return self.env.ref("solidarity_hub.report_diagnosis").report_action(self)

    def _file_name(self):
        self.ensure_one()
        return self.display_name.replace("/", "-")

    def _print_reference(self):
        parts = [self.display_name, self.company_id.name]
        return " · ".join(filter(None, parts))

    def _print_subtitle(self):
        """Which version, when, about which place or project."""
        about = self.territory_id.display_name or self.sudo().lead_id.name
        return " · ".join(filter(None, [self._version_heading(), about]))

    def _print_next(self):
        return self.next_review_on and self.env._(
            "We look at it again on %(date)s.",
            date=long_date(self.env, self.next_review_on),
        )

    def _print_findings(self):
        """``[(plural of the kind, findings)]`` in the order of a diagnosis."""
        found = self.line_ids.grouped("kind")
        headings = {
            "resource": self.env._("Resources"),
            "emerging_project": self.env._("Projects that emerge"),
            "need": self.env._("Needs"),
            "constraint": self.env._("Constraints"),
        }
        return [(text, found[kind]) for kind, text in headings.items() if kind in found]
