"""Every test module below tests/ was run: collected.py LOG ...

Odoo runs the modules that tests/__init__.py and those of the areas import, and forgets
the others in silence.
"""

import re
import sys
from pathlib import Path

STARTED = re.compile(r" odoo\.addons\.solidarity_hub\.tests\.([\w.]+): Starting ")


def main(*logs):
    texts = [Path(log).read_text("utf-8", "replace") for log in logs]
    seen = {name for text in texts for name in STARTED.findall(text)}
    root = Path("tests")
    forgotten = [
        path
        for path in sorted(root.rglob("test_*.py"))
        if path.relative_to(root).parts[0] != "tools"  # run without Odoo
        and ".".join(path.relative_to(root).with_suffix("").parts) not in seen
    ]
    for path in forgotten:
        print(f"{path}: no test of it was run; does __init__.py beside it import it?")
    return bool(forgotten)


sys.exit(main(*sys.argv[1:]))
