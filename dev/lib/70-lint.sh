# Style and correctness of the sources, without a database.
# shellcheck shell=bash

# Not asked of this addon: an .rst readme (it has README.md), a name for a translation
# platform, eval= around plain numbers (Odoo converts them by the field's type), and an order
# of po entries that empties translations equal to their source.
OCA_OFF=prefer-readme-rst,weblate-component-too-long,xml-field-numeric-without-eval
OCA_PO_OFF=po-pretty-format
# An area extends a core model in its own folder, so one model is extended in several files.
PYLINT_OFF=consider-merging-classes-inherited

cmd_lint() { # check the sources: ruff, pylint-odoo, the OCA hooks, plain Python in tools/
    setup test
    lint
}

cmd_format() { # put the Python sources in the agreed form
    setup test
    (cd "$REPO" && "$VENV/bin/ruff" check -q --fix . ; "$VENV/bin/ruff" format .)
}

lint() {
    local rc=0
    cd "$REPO"
    "$VENV/bin/ruff" check --no-cache -q --output-format=concise . || rc=1
    "$VENV/bin/ruff" format --no-cache -q --check --output-format=concise . || { echo "make format puts it right"; rc=1; }
    "$VENV/bin/python" dev/checks/pure_tools.py || rc=1
    lint_copy || rc=1
    return $rc
}

# pylint-odoo and the OCA hooks take the folder's name for the addon's, and the hooks see
# nothing at all where the addon is the top folder of a git repository.
lint_copy() {
    local copy rc=0
    copy=$(mktemp -d)
    mkdir "$copy/$ADDON"
    git_here ls-files -z --cached --others --exclude-standard |
        (cd "$REPO" && xargs -0 sh -c 'for f; do [ ! -f "$f" ] || printf "%s\0" "$f"; done' _ |
            xargs -0 cp --parents -t "$copy/$ADDON")
    cd "$copy"
    "$VENV/bin/python" -m pylint --rcfile="$ADDON/.pylintrc" --disable="$PYLINT_OFF" "$ADDON" || rc=1
    "$VENV/bin/oca-checks-odoo-module" -d "$OCA_OFF" "$ADDON" || rc=1
    # shellcheck disable=SC2046
    [ ! -d "$ADDON/i18n" ] || "$VENV/bin/oca-checks-po" -d "$OCA_PO_OFF" $(ls "$ADDON"/i18n/*.po) || rc=1
    rm -rf "$copy"
    return $rc
}
