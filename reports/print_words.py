"""Words that printed documents share."""

from odoo.tools import format_date


def long_date(env, day):
    """A date as a letter writes it: 5 January 2026, 1er mars 2026."""
    if not day:
        return ""
    written = format_date(env, day, date_format="d MMMM y")
    if day.day == 1 and (env.lang or "").startswith("fr"):
        return written.replace("1 ", "1er ", 1)
    return written
