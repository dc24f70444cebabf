# The virtual environment with what Odoo, the addon and the checks import.
# shellcheck shell=bash disable=SC2034

make_venv() {
    local python
    python=$(find_python) ||
        die "needs Python 3.10 to 3.13 with venv (Debian: apt-get install python3-venv), or set PYTHON"
    VENV=$CACHE/venv-$({ "$python" -VV; echo "$SRC"; cat "$REPO/dev/requirements.txt"; } | sha256sum | cut -c1-8)
    [ ! -f "$VENV/.complete" ] || return 0
    say "making the virtual environment ($("$python" -V), 120 MB of packages, once)"
    rm -rf "$VENV"
    "$python" -m venv "$VENV"
    "$VENV/bin/pip" install -q --disable-pip-version-check -r "$REPO/dev/requirements.txt" \
        >"$CACHE/pip.log" 2>&1 || { tail -5 "$CACHE/pip.log" >&2
        die "pip could not install dev/requirements.txt (no network or no package index?), see $CACHE/pip.log"; }
    echo "$SRC" > "$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/odoo19.pth"
    # Not "python -m odoo": --workers and --dev=reload start sys.argv[0] again.
    printf '#!%s/bin/python\nimport odoo.cli\n\nif __name__ == "__main__":\n    odoo.cli.main()\n' "$VENV" > "$VENV/bin/odoo"
    chmod +x "$VENV/bin/odoo"
    touch "$VENV/.complete"
}
