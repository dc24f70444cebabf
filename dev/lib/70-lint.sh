# Style and correctness of the sources, without a database.
# shellcheck shell=bash

# Not asked of this addon: an .rst readme (it has README.md), a name for a translation
# platform, eval= around plain numbers (Odoo converts them by the field's type), an order of
# XML attributes, and an order of po entries that empties translations equal to their source.
OCA_OFF=prefer-readme-rst,weblate-component-too-long,xml-field-numeric-without-eval,xml-tag-position
OCA_PO_OFF=po-pretty-format
# An area extends a core model in its own folder, so one model is extended in several files;
# lists as short as skills and activities are read whole; tests speak no French.
PYLINT_OFF=consider-merging-classes-inherited,no-search-all
PYLINT_OFF_IN_TESTS=$PYLINT_OFF,translation-required,method-required-super

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
    cd "$REPO" || return
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
        tar -C "$REPO" --null --ignore-failed-read -T - -c 2>/dev/null | tar -x -C "$copy/$ADDON"
    cd "$copy" || return
    pylint_odoo --disable="$PYLINT_OFF" --ignore=tests "$ADDON" || rc=1
    [ ! -d "$ADDON/tests" ] || pylint_odoo --disable="$PYLINT_OFF_IN_TESTS" "$ADDON/tests" || rc=1
    "$VENV/bin/oca-checks-odoo-module" -d "$OCA_OFF" "$ADDON" || rc=1
    # shellcheck disable=SC2046
    [ ! -d "$ADDON/i18n" ] || "$VENV/bin/oca-checks-po" -d "$OCA_PO_OFF" $(ls "$ADDON"/i18n/*.po) || rc=1
    rm -rf "$copy"
    return $rc
}
pylint_odoo() { "$VENV/bin/python" -m pylint --rcfile="$ADDON/.pylintrc" "$@"; }
