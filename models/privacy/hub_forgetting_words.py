import re

from odoo import api, models
from odoo.tools import SQL

# Words shorter than this would be found inside of others.
SHORTEST = 3
REQUIRED = "…"
TEXTS = ("char", "text", "html")
# What was signed stays as it was signed.
SIGNED = {"frozen_json", "frozen_hash"}


class HubForgetting(models.AbstractModel):
    """Texts that are emptied, and names that are replaced in texts of others.

    Written in the tables themselves: no message tells the former value, nobody appears
    as the one who changed it, and a signed text keeps its guard against everybody else.
    """

    _inherit = "hub.forgetting"

    @api.model
    def _blank(self, records, *names):
        """Empty these fields; those that must say something say three dots."""
        if not records:
            return
        self.env.flush_all()
        for name in names:
            field = records._fields[name]
            value = REQUIRED if field.required else None
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    value,
                    tuple(records.ids),
                )
            )
        records.invalidate_recordset(names)

    @api.model
    def _scrub(self, partner, records, *names):
        """Replace what names a person in texts that are kept for others.

        :param names: fields with text; all of them if none is given
        """
        words = self._words(partner) if records else []
        if not words:
            return
        self.env.flush_all()
        pattern = r"\m(" + "|".join(map(re.escape, words)) + r")\M"
        for name in names or self._texts(records):
            column = SQL.identifier(name)
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = regexp_replace(%(column)s,"
                    " %(pattern)s, %(name)s, 'gi')"
                    " WHERE id IN %(ids)s AND %(column)s ~* %(pattern)s",
                    table=SQL.identifier(records._table),
                    column=column,
                    pattern=pattern,
                    name=partner._hub_anonymous_name(),
                    ids=tuple(records.ids),
                )
            )
        records.invalidate_recordset()

    @api.model
    def _texts(self, records):
        """Stored texts of a model, as they lie in its table."""
        return [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS
            and field.store
            and field.column_type
            and not field.translate
            and not field.company_dependent
            and name not in SIGNED
        ]

    @api.model
    def _words(self, partner):
        """What names a person: full name, addresses, numbers; the longest first."""
        digits = re.sub(r"\D", "", partner.phone or "")
        spaced = " ".join(re.findall("..", digits)) if len(digits) == 10 else ""
        words = {
            partner.name,
            partner.email,
            partner.email_normalized,
            partner.phone,
            partner.phone_sanitized,
            digits,
            spaced,
        }
        words = {(word or "").strip() for word in words}
        # A word of letters starts and ends the pattern: “+33” has its sign left alone.
        words = {re.sub(r"^\W+|\W+$", "", word) for word in words}
        return sorted((w for w in words if len(w) >= SHORTEST), key=len, reverse=True)
