from odoo import api, models

from ...tools.person_words import read_words
from ...tools.project_words import ENTRY_WORDS, KIND_WORDS, PHASE_WORDS
from ...tools.skill_cells import normalise
from .crm_lead_list import CELLS

LIST_COLUMNS = CELLS | {
    "hub_phase",
    "hub_reception_date",
    "hub_accompaniment_start",
    "hub_accompaniment_end",
    "hub_activity_id",
    "hub_territory_id",
}
HEADERS = {
    "id": "identifiant",
    "name": "projet, titre, titre du projet, nom du projet, project, title",
    "hub_holder_name": "porteur, porteuse, porteur du projet, nom du porteur, porteurs,"
    " holder, holders",
    "hub_holder_birth_year": "année de naissance, naissance, né en, birth year, born",
    "phone": "téléphone, tél, tel, portable, mobile, telephone",
    "email_from": "courriel, e-mail, mail, adresse mail, email",
    "hub_phase": "phase, étape, avancement, stage",
    "hub_reception_date": "date d'accueil, accueil, reçu le, reçue le, received,"
    " reception date",
    "hub_accompaniment_start": "début, début d'accompagnement, accompagné depuis,"
    " start",
    "hub_accompaniment_end": "fin, fin d'accompagnement, sortie, date de sortie, end,"
    " exit date",
    "hub_skills_text": "besoins, compétences recherchées, compétences, compétence,"
    " needs, needed skills, skills",
    "hub_activity_id": "activité, secteur, activity, sector",
    "hub_territory_id": "territoire, commune, ville, town",
    "hub_prescriber_name": "prescripteur, orienté par, envoyé par, sent by",
    "hub_outcomes_text": "issue, issue du parcours, issues, outcome, outcomes",
    "hub_outcome_date": "date de l'issue, issue le, outcome date",
    "hub_outcome_jobs": "emplois, emplois créés, nombre d'emplois",
    "hub_outcome_reason": "motif, raison, reason",
    "hub_kind": "type de projet, nature, kind",
    "hub_entry": "entrée, situation d'entrée",
    "user_id": "référent, chargé d'accompagnement, adviser",
}
SELECTION_WORDS = {
    "hub_phase": PHASE_WORDS,
    "hub_kind": KIND_WORDS,
    "hub_entry": ENTRY_WORDS,
}


class CrmLead(models.Model):
    """The hub's projects loaded from a spreadsheet by Odoo's own import screen."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "hub.import.mixin"]
    _hub_import_headings = HEADERS

    @api.model
    def get_import_templates(self):
        if not self.env.context.get("default_is_hub_project"):
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Template for the projects of the hub"),
                "template": self.env._("/solidarity_hub/static/xls/projects.xlsx"),
            }
        ]

    @api.model
    def _hub_import_columns(self):
        return LIST_COLUMNS

    @api.model
    def _hub_import_errors(self, rows):
        return [
            *self._hub_import_unknown_skills(rows, "hub_skills_text"),
            *self._hub_import_unknown_words(rows),
            *self._hub_import_unknown_records(rows),
            *self._hub_import_missing_holders(rows),
        ]

    @api.model
    def _hub_import_words(self):
        """``{column: {code: words}}``, those of the user's language included."""
        words = {
            column: {
                code: f"{codes[code]}, {label}"
                for code, label in self._fields[column]._description_selection(self.env)
            }
            for column, codes in SELECTION_WORDS.items()
        }
        return {**words, "hub_outcomes_text": self._hub_outcome_words()}

    @api.model
    def _hub_import_unknown_words(self, rows):
        errors = []
        for column, words in self._hub_import_words().items():
            unknown = self._hub_import_unknown(
                rows, column, lambda cell, words=words: read_words(cell, words)[1]
            )
            if unknown:
                field = self._fields[column]
                if column == "hub_outcomes_text":
                    field = self.env["hub.outcome"]._fields["kind"]
                choices = field._description_selection(self.env)
                errors.append(
                    self.env._(
                        "Column “%(column)s”, not known: %(words)s. Write one of:"
                        " %(choices)s.",
                        column=self._fields[column]._description_string(self.env),
                        words=self._hub_import_listing(unknown),
                        choices=", ".join(label for _code, label in choices),
                    )
                )
        return errors

    @api.model
    def _hub_import_unknown_records(self, rows):
        errors = []
        for column in ("hub_activity_id", "hub_territory_id"):
            find = self.env[self._fields[column].comodel_name]._find
            unknown = self._hub_import_unknown(
                rows,
                column,
                lambda cell, find=find: [cell] if cell and not find(cell) else [],
            )
            if unknown:
                errors.append(
                    self.env._(
                        "Column “%(column)s”, not known: %(words)s. Add them under"
                        " Configuration first, or leave the cells empty.",
                        column=self._fields[column]._description_string(self.env),
                        words=self._hub_import_listing(unknown),
                    )
                )
        return errors

    @api.model
    def _hub_import_missing_holders(self, rows):
        """Past reception somebody carries the project."""
        words = self._hub_import_words()["hub_phase"]
        lines = [
            str(number)
            for number, row in enumerate(rows, start=2)
            if not row.get("hub_holder_name")
            and not row.get("partner_id")
            and not row.get(".id")
            and not self._hub_has_external_id(row.get("id"))
            and read_words(row.get("hub_phase"), words)[0] not in ([], ["reception"])
        ]
        if not lines:
            return []
        return [
            self.env._(
                "Without holder a project stays in reception: write the name of the"
                " person who carries it (line %(lines)s).",
                lines=", ".join(lines),
            )
        ]

    @api.model
    def _hub_import_prepare(self, rows):
        rows = [self._hub_import_row(row) for row in rows]
        known = self._hub_known_projects(rows)
        names = {}
        for number, row in enumerate(rows):
            project = known.get(_key(row.get("name"), row.get("hub_holder_name")))
            if project and not self._hub_has_external_id(row.get("id")):
                names[number] = row.pop("id", "")
                row[".id"] = str(project.id)

        def name_records(projects):
            self._hub_name_projects(projects, names)

        return rows, name_records

    @api.model
    def _hub_import_row(self, row):
        """The cells of a line in the codes that Odoo understands."""
        row = {
            name: cell.strip() if isinstance(cell, str) else cell
            for name, cell in row.items()
        }
        words = self._hub_import_words()
        for column in SELECTION_WORDS:
            codes = read_words(row.get(column), words[column])[0]
            if codes:
                row[column] = codes[0]
        for column in ("hub_activity_id", "hub_territory_id"):
            cell = row.pop(column, "")
            found = self.env[self._fields[column].comodel_name]._find(cell)
            if found:
                row[f"{column}/.id"] = str(found.id)
        row["is_hub_project"] = "1"
        return row

    @api.model
    def _hub_known_projects(self, rows):
        """Projects already there, by title and holder."""
        names = [row["name"] for row in rows if row.get("name")]
        projects = self.with_context(active_test=False).search(
            [
                ("is_hub_project", "=", True),
                ("company_id", "=", self.env.company.id),
                ("name", "in", names),
            ]
        )
        return {_key(p.name, p.hub_holder_name): p for p in projects}

    @api.model
    def _hub_has_external_id(self, xid):
        if not xid:
            return False
        full = xid if "." in xid else f"__import__.{xid}"
        return bool(self.env["ir.model.data"].sudo()._xmlid_to_res_id(full))

    def _hub_name_projects(self, projects, names):
        """Give the external id of a line to the project it was recognised as."""
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {"xml_id": f"__import__.{xid}", "record": projects[number]}
                for number, xid in names.items()
                if xid and "." not in xid
            ]
        )

    def _hub_import_changes(self, values):
        """Cells that say what is there already are not written."""
        changes = super()._hub_import_changes(values)
        changes.pop("is_hub_project", None)
        return changes


def _key(title, holder):
    return normalise(title), normalise((holder or "").split(";")[0])
