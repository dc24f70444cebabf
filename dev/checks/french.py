"""The French translation follows the sources.

french.py update POT PO    take over new terms, drop old ones, keep what is translated
french.py check POT PO     complete, faithful, and in the hub's own words
"""

import re
import sys
from collections import Counter
from pathlib import Path

import polib

HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Report-Msgid-Bugs-To": "",
    "Language-Team": "French",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
# Words of software and of sales: no hub says them.
FORBIDDEN = re.compile(r"\b(hubs?|leads?|opportunités?|pipelines?|scores?)\b", re.I)
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0+ .\d]*[a-z]|%[sdfr](?!\w)|\{\{.*?\}\}|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|https?://\S+|\S+@\S+")


def places(entry):
    """Where the term stands: Odoo loads a translation by these lines."""
    return sorted(entry.occurrences)


def update(pot, path):
    known = (
        {e.msgid: e.msgstr for e in polib.pofile(path)} if Path(path).exists() else {}
    )
    catalog = polib.POFile(wrapwidth=78)
    catalog.metadata = HEADER
    for entry in sorted(polib.pofile(pot), key=lambda e: e.msgid):
        catalog.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.get(entry.msgid, ""),
                occurrences=places(entry),
                comment=entry.comment,
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    Path(path).parent.mkdir(exist_ok=True)
    catalog.save(path)
    empty = len(catalog.untranslated_entries())
    print(f"{path}: {len(catalog)} terms, {empty} to translate")


def complaints(pot, path):
    wanted = {entry.msgid: entry for entry in polib.pofile(pot)}
    catalog = polib.pofile(path)
    for entry in catalog:
        if entry.obsolete or entry.msgid not in wanted:
            yield "obsolete", entry
        else:
            yield from faults(entry, wanted[entry.msgid])
    for msgid in wanted.keys() - {entry.msgid for entry in catalog}:
        yield "missing", wanted[msgid]


def faults(entry, wanted):
    if not entry.msgstr.strip():
        yield "empty", entry
        return
    if entry.fuzzy:
        yield "fuzzy", entry
    if places(entry) != places(wanted):
        yield "moved (run make i18n)", entry
    if holders(entry.msgid) != holders(entry.msgstr):
        yield "placeholders differ", entry
    said = FORBIDDEN.search(MARKUP.sub(" ", PLACEHOLDER.sub(" ", entry.msgstr)))
    if said:
        yield f"the word « {said[0]} »", entry


def holders(text):
    return Counter(PLACEHOLDER.findall(text))


def check(pot, path):
    if not Path(path).exists():
        print(f"{path} does not exist: make i18n")
        return 1
    found = list(complaints(pot, path))
    for fault, entry in found[:40]:
        print(f"{path}: {fault}: {entry.msgid[:120]!r} {entry.msgstr[:120]!r}")
    if found:
        counts = Counter(fault for fault, _entry in found)
        print(", ".join(f"{number} {fault}" for fault, number in counts.items()))
    return bool(found)


sys.exit({"update": update, "check": check}[sys.argv[1]](*sys.argv[2:]))
