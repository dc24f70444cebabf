"""Refuse what Odoo's log complains about: log_gate.py NAME LOG.

Errors and warnings of anybody count, deprecations only where they name this addon: the
rest of Odoo is not ours to mend.
"""

import re
import sys
from collections import Counter
from pathlib import Path

ENTRY = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<rest>.*)"
)
BAD = {"WARNING", "ERROR", "CRITICAL"}
OURS = re.compile(r"solidarity_hub|^py\.warnings: " + re.escape(str(Path.cwd())))
# Harmless lines that are not this addon's, each with its reason.
ALLOWED = {
    # Odoo's own import screen sends its server more than it asks for.
    r"odoo\.http: <function odoo\.addons\.base_import\.\S+ called ignoring args",
}


def entries(path):
    """Yield (level, text) of each entry, its further lines joined to it."""
    level, text = None, []
    for line in Path(path).read_text("utf-8", "replace").splitlines():
        match = ENTRY.match(line)
        if match:
            yield level, "\n".join(text)
            level, text = match["level"], [match["rest"]]
        else:
            text.append(line)
    yield level, "\n".join(text)


def complaint(level, text):
    if level not in BAD or any(re.search(pattern, text) for pattern in ALLOWED):
        return False
    if text.startswith("py.warnings: "):
        return bool(OURS.search(text.split("\n", 1)[0]))
    return True


def main(name, path):
    found = Counter((lv, tx[:1500]) for lv, tx in entries(path) if complaint(lv, tx))
    for (level, text), times in found.items():
        print(f"log of {name}: {level} {text}" + (f"  ({times} times)" * (times > 1)))
    return bool(found)


sys.exit(main(*sys.argv[1:]))
