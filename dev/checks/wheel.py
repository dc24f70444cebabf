"""The wheel holds the whole addon and nothing else: wheel.py REPO WHEEL."""

import ast
import sys
import zipfile
from pathlib import Path

repo, wheel = map(Path, sys.argv[1:])
manifest = ast.literal_eval((repo / "__manifest__.py").read_text("utf-8"))
folder = "odoo/addons/solidarity_hub/"
names = {
    name.removeprefix(folder)
    for name in zipfile.ZipFile(wheel).namelist()
    if name.startswith(folder)
}
tops = {"models", "views", "wizards", "reports", "security", "data", "demo", "tools"}
tops |= {"controllers", "static", "i18n", "migrations"}
faults = [
    f"{name} is missing"
    for name in [*manifest.get("data", []), *manifest.get("demo", []), "LICENSE"]
    if name not in names
]
faults += [
    f"{top}/ is missing"
    for top in sorted(tops)
    if any((repo / top).rglob("*.*"))
    and not any(n.startswith(f"{top}/") for n in names)
]
faults += [
    f"{name} does not belong into the wheel"
    for name in sorted(names)
    if name.startswith(("dev/", "tests/", ".ci/", "Makefile")) or "__pycache__" in name
]
print(f"{wheel.name}: {len(names)} files", *faults, sep="\n")
sys.exit(bool(faults))
