import re

from odoo import api, models

from ...tools.person_words import GENDER_WORDS, INSTITUTION_WORDS, read_words
from .res_partner import HUB
from .res_partner_doubles import row_keys

LIST_COLUMNS = {
    "hub_roles_text",
    "hub_skills_text",
    "hub_role_since",
    "hub_capacity",
    "hub_trained_on",
    "hub_institution_kind",
    "hub_birth_year",
    "hub_gender",
    "hub_territory_id",
}
HEADERS = {
    "id": "identifiant",
    "ref": "référence",
    "name": "nom, nom et prénom, personne, person",
    "phone": "téléphone, tél, tel, portable, mobile, telephone",
    "email": "courriel, e-mail, mail, adresse mail, adresse e-mail",
    "zip": "code postal, cp, postcode",
    "city": "ville, commune, town",
    "street": "rue, adresse, address",
    "hub_roles_text": "rôle, rôles, rôle dans le pôle, role",
    "hub_skills_text": "compétences, compétence, savoir-faire, skill",
    "hub_role_since": "depuis, depuis le, rôle depuis le, since",
    "hub_capacity": "capacité, nombre de projets, projets suivis à la fois,"
    " capacity, projects",
    "hub_trained_on": "formé le, formée le, formation, trained, training",
    "hub_institution_kind": "type d'institution, genre d'institution, institution",
    "hub_gender": "genre, sexe, sex",
    "hub_birth_year": "année de naissance, naissance, né en, birth year, born",
    "hub_occupation": "profession, métier, job",
    "hub_territory_id": "territoire",
}
WORDS_OF = {"hub_institution_kind": INSTITUTION_WORDS, "hub_gender": GENDER_WORDS}


class ResPartner(models.Model):
    """The hub's people loaded from a spreadsheet by Odoo's own import screen."""

    _name = "res.partner"
    _inherit = ["res.partner", "hub.import.mixin"]
    _hub_import_headings = HEADERS

    @api.model
    def get_import_templates(self):
        if not self.env.user.has_group(HUB):
            return super().get_import_templates()
        french = (self.env.lang or "").startswith("fr")
        name = "personnes" if french else "people"
        return [
            {
                "label": self.env._("Template for the people of the hub"),
                "template": f"/solidarity_hub/static/xls/{name}.xlsx",
            }
            # Alone: the side panel of the import screen breaks on a second one.
        ]

    @api.model
    def _hub_import_columns(self):
        return LIST_COLUMNS

    @api.model
    def _hub_import_errors(self, rows):
        return [
            *self._hub_import_unknown_skills(rows, "hub_skills_text"),
            *self._hub_import_unknown_words(rows),
            *self._hub_import_unknown_territories(rows),
        ]

    @api.model
    def _hub_import_unknown_words(self, rows):
        """Roles, kinds of institution and genders that nobody knows."""
        errors = []
        words_of = {"hub_roles_text": self._hub_role_words(), **WORDS_OF}
        for column, words in words_of.items():
            unknown = self._hub_import_unknown(
                rows, column, lambda cell, words=words: read_words(cell, words)[1]
            )
            if unknown:
                errors.append(
                    self.env._(
                        "Column “%(column)s”, not known: %(words)s. Write one of:"
                        " %(choices)s.",
                        column=self._fields[column]._description_string(self.env),
                        words=self._hub_import_listing(unknown),
                        choices=", ".join(self._hub_import_choices(column)),
                    )
                )
        return errors

    @api.model
    def _hub_import_choices(self, column):
        field = self._fields[column]
        if column == "hub_roles_text":
            field = self.env["hub.role"]._fields["kind"]
        return [label for _code, label in field._description_selection(self.env)]

    @api.model
    def _hub_import_unknown_territories(self, rows):
        territories = self.env["hub.territory"]
        unknown = self._hub_import_unknown(
            rows,
            "hub_territory_id",
            lambda cell: [cell] if cell and not territories._find(cell) else [],
        )
        if not unknown:
            return []
        return [
            self.env._(
                "Territories not known here: %s. Add them under Configuration >"
                " Territories, or leave the cell empty: the postcode is enough.",
                self._hub_import_listing(unknown),
            )
        ]

    @api.model
    def _hub_import_prepare(self, rows):
        rows = [self._hub_import_row(row) for row in rows]
        known = self._hub_find_people(rows)
        merged, names = self._hub_merge_rows(rows, known)

        def name_records(partners):
            self._hub_name_records(partners, names)

        return merged, name_records

    @api.model
    def _hub_import_row(self, row):
        """The cells of a line in the codes that Odoo understands."""
        row = {name: _text(cell) for name, cell in row.items()}
        for column, words in WORDS_OF.items():
            if row.get(column):
                row[column] = read_words(row[column], words)[0][0]
        kind = self.env.context.get("hub_new_role_kind")
        if kind and not row.get("hub_roles_text"):
            row["hub_roles_text"] = kind
        kinds, _unknown = read_words(row.get("hub_roles_text"), self._hub_role_words())
        row["hub_roles_text"] = ";".join(kinds)
        if "institution" in kinds:
            row.setdefault("is_company", "1")
        year = re.search(r"\b(19|20)\d\d\b", row.get("hub_birth_year") or "")
        if year:
            row["hub_birth_year"] = year.group()
        territories = self.env["hub.territory"]
        place = row.pop("hub_territory_id", "")
        territory = territories._find(place) or territories._find_by_zip(row.get("zip"))
        if territory:
            row["hub_territory_id/.id"] = str(territory.id)
        return row

    @api.model
    def _hub_merge_rows(self, rows, known):
        """One line per person: the roles and skills of several lines are joined.

        :param known: the partner already there for each line, possibly empty
        :return: the lines, and the external ids to give to people already there
        """
        merged, keys, names = [], {}, {}
        for row, partner in zip(rows, known, strict=True):
            mine = [("partner", partner.id)] if partner else row_keys(row)
            mine += [("id", row["id"])] if row.get("id") else []
            target = next((keys[key] for key in mine if key in keys), None)
            if target is None:
                target = dict(row)
                merged.append(target)
                if partner:
                    names[len(merged) - 1] = target.pop("id", "")
                    target[".id"] = str(partner.id)
            else:
                _join(target, row)
            keys.update(dict.fromkeys(mine, target))
        return merged, names

    def _hub_name_records(self, partners, names):
        """Give the external id of a line to the person it was recognised as."""
        data = self.env["ir.model.data"].sudo()
        wanted = {
            xid if "." in xid else f"__import__.{xid}": partners[position]
            for position, xid in names.items()
            if xid
        }
        taken = {
            f"{row[1]}.{row[2]}"
            for row in data._lookup_xmlids(list(wanted), self.env["res.partner"])
        }
        data._update_xmlids(
            [
                {"xml_id": xid, "record": partner}
                for xid, partner in wanted.items()
                if xid not in taken and xid.startswith("__import__.")
            ]
        )


def _text(cell):
    return cell.strip() if isinstance(cell, str) else cell


def _join(target, row):
    for name, cell in row.items():
        if name in ("hub_roles_text", "hub_skills_text"):
            target[name] = "; ".join(filter(None, [target.get(name), cell]))
        elif not target.get(name) and name != "id":
            target[name] = cell
