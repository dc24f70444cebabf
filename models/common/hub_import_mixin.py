from odoo import api, models


class HubImportMixin(models.AbstractModel):
    """Lists of the hub, loaded by Odoo's own import screen, all or nothing.

    A model says which columns make a list one of the hub (``_hub_import_columns``),
    what is wrong with it (``_hub_import_errors``) and how its lines become records
    (``_hub_import_prepare``). Every other import is left exactly as it was.
    """

    _name = "hub.import.mixin"
    _description = "Import of the hub's lists"

    # {field: usual headings, in lower case, with commas between}
    _hub_import_headings = {}

    @api.model
    def load(self, fields, data):
        if not self._hub_import_columns() & set(fields):
            return super().load(fields, data)
        rows = [dict(zip(fields, line, strict=False)) for line in data]
        errors = self._hub_import_errors(rows)
        if errors:
            return self._hub_import_refuse(errors)
        rows, after = self._hub_import_prepare(rows)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        result = super(
            HubImportMixin,
            # one file, one transaction: no batches
            self.with_context(hub_import=True, _import_limit=None),
        ).load(columns, [[row.get(name, "") for name in columns] for row in rows])
        if result["ids"]:
            after(self.browse(result["ids"]))
        return result

    @api.model
    def _hub_import_columns(self):
        """Names of the columns that only the hub's lists have."""
        return set()

    @api.model
    def _hub_import_errors(self, rows):
        """What must be put right before anything is imported, as sentences."""
        return []

    @api.model
    def _hub_import_prepare(self, rows):
        """Lines ready for Odoo (``.id`` names a record already there).

        :return: the lines, and what to do with the records once they are loaded
        """
        return rows, lambda records: None

    @api.model
    def _hub_import_headers(self):
        """``{header in lower case: field}``: what coordinators write above columns."""
        return {
            header.strip(): field
            for field, headers in self._hub_import_headings.items()
            for header in headers.split(",")
        }

    @api.model
    def _hub_import_learn_headers(self):
        """Let the import screen propose the right field for the usual headers."""
        if "base_import.mapping" not in self.env:
            return
        mappings = self.env["base_import.mapping"].sudo()
        headers = self._hub_import_headers()
        known = mappings.search(
            [("res_model", "=", self._name), ("column_name", "in", list(headers))]
        ).mapped("column_name")
        mappings.create(
            [
                {"res_model": self._name, "column_name": header, "field_name": name}
                for header, name in headers.items()
                if header not in known
            ]
        )

    @api.model
    def _hub_import_forget_headers(self):
        """The import screen proposes what it proposed before the addon."""
        if "base_import.mapping" not in self.env:
            return
        headers = self._hub_import_headers()
        self.env["base_import.mapping"].sudo().search(
            [("res_model", "=", self._name), ("column_name", "in", list(headers))]
        ).filtered(lambda m: m.field_name == headers[m.column_name]).unlink()

    @api.model
    def _hub_import_refuse(self, errors):
        errors = [*errors, self.env._("Nothing was imported.")]
        return {
            "ids": False,
            "nextrow": 0,
            "messages": [
                {
                    "type": "error",
                    "message": " ".join(errors),
                    "record": 0,
                    "rows": {"from": 0, "to": 0},
                    "not_matching_error": True,
                }
            ],
        }

    @api.model
    def _hub_import_unknown(self, rows, column, unknown_of):
        """``{unknown word: numbers of the lines of the file that have it}``."""
        found = {}
        for number, row in enumerate(rows, start=2):
            for word in unknown_of(row.get(column)):
                found.setdefault(word, []).append(str(number))
        return found

    @api.model
    def _hub_import_unknown_skills(self, rows, column):
        """All unknown skills of a column in one sentence, with their lines."""
        skills = self.env["hub.skill"]
        words = skills._by_word()
        unknown = self._hub_import_unknown(
            rows, column, lambda cell: skills._read_cell(cell, words)[1]
        )
        if not unknown:
            return []
        return [
            self.env._(
                "Skills not known here: %(skills)s. Add them under Configuration >"
                " Skills, or write the word under “Other words” of a skill (levels go"
                " from 1 to 3).",
                skills=self._hub_import_listing(unknown),
            )
        ]

    @api.model
    def _hub_import_listing(self, unknown):
        return ", ".join(
            self.env._("%(word)s (line %(lines)s)", word=word, lines=", ".join(lines))
            for word, lines in unknown.items()
        )

    def _load_records_write(self, values):
        if self.env.context.get("hub_import"):
            values = self._hub_import_changes(values)
            if not values:
                return None
        return super()._load_records_write(values)

    def _hub_import_changes(self, values):
        """What a line says that is not there yet; an empty cell erases nothing."""
        self.ensure_one()
        return {
            name: value
            for name, value in values.items()
            if value not in (False, None, "", [])
            and (
                self._fields[name].type in ("one2many", "many2many")
                or not self._hub_import_is_there(name, value)
            )
        }

    def _hub_import_is_there(self, name, value):
        """Whether a cell says what the record says: dates come as text."""
        field = self._fields[name]
        return field.convert_to_cache(value, self) == field.convert_to_cache(
            self[name], self
        )
