"""tools/ is plain Python: it runs without Odoo and the rest of the addon."""

import ast
import sys
from pathlib import Path


def forbidden(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # one dot stays inside tools/, two leave it
            names = ["the addon"] if node.level > 1 else [node.module or ""]
        else:
            continue
        for name in names:
            if name == "the addon" or name.split(".")[0] == "odoo":
                yield f"{path}:{node.lineno}: tools/ must not import {name}"


found = [
    line for path in sorted(Path("tools").rglob("*.py")) for line in forbidden(path)
]
print("\n".join(found))
sys.exit(bool(found))
