"""Words that printed documents share."""

from babel.dates import format_date

from odoo import fields
from odoo.tools import babel_locale_parse


def long_date(env, day):
    """A date as a letter writes it: 5 January 2026, 1er mars 2026.

    In the language of the document, be it installed or not: an English contract does
    not carry French months.
    """
    if not day:
        return ""
    lang = env.lang or env.context.get("lang") or "en_US"
    written = format_date(day, "d MMMM y", locale=babel_locale_parse(lang))
    if day.day == 1 and lang.startswith("fr"):
        return written.replace("1 ", "1er ", 1)
    return written


def spoken_day(env, day):
    """A day as one says it: Thursday 5 March, with the year when it is another one."""
    year = "" if day.year == fields.Date.context_today(env["base"]).year else " y"
    lang = env.lang or env.context.get("lang") or "en_US"
    locale = babel_locale_parse(lang)
    written = format_date(day, f"EEEE d MMMM{year}", locale=locale)
    if day.day == 1 and lang.startswith("fr"):
        return written.replace(" 1 ", " 1er ", 1)
    return written
