# The whole proof, as CI runs it.
# shellcheck shell=bash

# strict: an incomplete French translation fails "make test"; warn: it is only told.
FRENCH=${FRENCH:-strict}

# Two columns of steps run side by side, of about the same length: most of the Odoo tests; all
# else and, last, the Odoo tests of LATE.
LATE=finance

cmd_test() { # everything: lint, unit tests, all Odoo tests and tours, install, upgrade, uninstall, French
    local began=$SECONDS
    setup test
    drop_leftovers
    template demo
    template plain
    RESULTS=$(mktemp -d)
    BASE=addon_$$
    trap 'drop_db "$BASE"; drop_db "demo_$$"; drop_db "test_$$"; drop_db "late_$$"; rm -rf "$RESULTS"' EXIT
    trap 'exit 130' INT TERM
    other_steps &
    step "Odoo tests and tours" odoo_tests test "$TMPL" -i "${TAGS:-/$ADDON,$(modules_of $LATE -)}"
    wait
    [ -e "$RESULTS/other_steps" ] || echo "0 passed, 1 failed, 0 skipped" >"$RESULTS/broken.sum"
    [ -n "${TAGS:-}" ] || step "every test module was run" collected
    say "$((SECONDS - began)) seconds"
    total
}

drop_leftovers() {   # of runs that were killed: their names end in the number of the process
    local db
    for db in $(psql -d postgres -Atc "select datname from pg_database where datname ~ '^(addon|demo|test|late|terms|bench)_\d+$'"); do
        kill -0 "${db##*_}" 2>/dev/null || drop_db "$db"
    done
}

other_steps() {
    step lint lint
    step "unit tests of tools" unit_step
    step "install" install_step
    if exists "$BASE"; then
        step French french_step
        step "upgrade over itself" upgrade_step "$BASE"
        scratch_steps
    fi
    step "install with demo data" demo_step
    ! exists "demo_$$" || step "upgrade with demo data" upgrade_step "demo_$$"
    if [ -z "${TAGS:-}" ] && exists "$BASE"; then
        step "Odoo tests and tours of $LATE" odoo_tests late "$BASE" -u "$(modules_of $LATE)"
    fi
    touch "$RESULTS/other_steps"
}

# $1: name, then a function. Its output is shown where it fails; its last line "N passed, N
# failed, N skipped" is its result, else it counts as one.
step() {
    local name=$1 out rc=0 start=$SECONDS sum
    shift
    out=$RESULTS/${name//[^a-zA-Z0-9_]/-}
    set +e
    (set -eu; "$@") >"$out.out" 2>&1
    rc=$?
    set -e
    sum=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$out.out" | tail -1) || true
    if [ $rc = 0 ]; then sum=${sum:-1 passed, 0 failed, 0 skipped}; fi
    case $sum in '' | *' 0 failed,'*) [ $rc = 0 ] || sum="${sum%% *} passed, 1 failed, 0 skipped" ;; esac
    case $sum in [0-9]*) ;; *) sum="0 passed, 1 failed, 0 skipped" ;; esac
    echo "$sum" >"$out.sum"
    {
        if [ $rc != 0 ]; then
            echo "FAILED $name ($((SECONDS - start)) s): $sum"
            tail -60 "$out.out" | sed 's/^/    /'
        else
            echo "passed $name ($((SECONDS - start)) s): $sum"
            grep '^WARN' "$out.out" | sed 's/^/    /' || true
        fi
    } >"$out.told"
    cat "$out.told"   # in one go: two columns speak
}

total() {   # the last line of all; false unless something passed and nothing failed
    cat "$RESULTS"/*.sum | "$VENV/bin/python" -c 'import re, sys
sums = [sum(column) for column in zip(*(map(int, re.findall(r"\d+", line)) for line in sys.stdin))]
print("{} passed, {} failed, {} skipped".format(*sums))
sys.exit(bool(sums[1] or not sums[0]))'
}

# Odoo with all its deprecations told, then its log read. $1: name, rest: options
logged_odoo() {
    local log=$CLONE/logs/$1.log rc=0
    (cd "$CLONE" && exec "$VENV/bin/python" -W default::DeprecationWarning "$VENV/bin/odoo" -c "$CONF" \
        --http-port "$(free_port)" --stop-after-init "${@:2}") >"$log" 2>&1 || rc=$?
    [ $rc = 0 ] || grep -q ' tests .* started in \|post-tests in ' "$log" || tail -30 "$log"
    log_gate "$1" "$log" || rc=1
    return $rc
}
log_gate() { (cd "$REPO" && "$VENV/bin/python" dev/checks/log_gate.py "$1" "$2"); }

odoo_tests() {   # $1: name, $2: database to begin with, $3: -i or -u, $4: tags
    local db=$1_$$ rc=0 log=$CLONE/logs/$1.log
    copy_db "$2" "$db"
    logged_odoo "$1" -d "$db" "$3" "$ADDON" --test-tags "$4" || rc=1
    drop_db "$db"
    skips_are_excused "$log" || rc=1
    verdict "$log" || rc=1
    return $rc
}

modules_of() {   # the test modules of area $1 as tags, $2: - to leave them out
    (cd "$REPO" && find "tests/$1" -name 'test_*.py' -printf "${2:-}/$ADDON/%p,")
}

collected() {
    (cd "$REPO" && "$VENV/bin/python" dev/checks/collected.py "$CLONE/logs/test.log" "$CLONE/logs/late.log")
}

# Nothing may be left out in silence: no browser, no printing engine is a failure. The old
# engine alone is optional.
skips_are_excused() {
    ! grep -E ' odoo\.addons\.[a-z0-9_.]+: skipped ' "$1" | grep -v 'wkhtmltopdf is not installed'
}

verdict() {   # $1: log
    local line fail err total skip
    line=$(grep -oE '[0-9]+ failed, [0-9]+ error\(s\) of [0-9]+ tests' "$1" | tail -1) || true
    [ -n "$line" ] || { echo "Odoo stopped before the tests, see $1"; return 1; }
    read -r fail _ err _ _ total _ <<<"$line"
    skip=$(grep -cE ' odoo\.addons\.[a-z0-9_.]+: skipped ' "$1") || true
    [ "$total" -gt "$skip" ] || echo "no test was run"
    grep -E ': (FAIL|ERROR): ' "$1" | sed 's/^.*: \(FAIL\|ERROR\): /\1 /' || true
    echo "$((total - fail - err - skip)) passed, $((fail + err)) failed, $skip skipped"
    [ "$total" -gt "$skip" ] && [ $((fail + err)) = 0 ]
}

unit_step() {
    local out
    out=$(unit_tests -q 2>&1) || { echo "$out"; return 1; }
    echo "$out" | sed -nE 's/^([0-9]+) passed.*/\1 passed, 0 failed, 0 skipped/p'
}

install_step() {
    template plain
    copy_db "$TMPL" "$BASE"
    logged_odoo install -d "$BASE" -i "$ADDON" --no-http
}

demo_step() {
    template demo
    copy_db "$TMPL" "demo_$$"
    logged_odoo demo -d "demo_$$" -i "$ADDON" --no-http && demo_accounts_agree "demo_$$"
}

# Schedules of the demonstration's loans against its accounts, to the cent.
demo_accounts_agree() {   # $1: database
    local log=$CLONE/logs/control.log
    odoo shell -c "$CONF" -d "$1" --no-http --log-level=warn >"$log" 2>&1 <<'PY' || { tail -20 "$log"; return 1; }
rows = env["hub.loan.control"].search([])
assert len(rows.loan_id) > 3, "the demonstration has no loans"
different = rows.filtered("is_different")
assert not different, different.mapped("explanation")
PY
}

upgrade_step() { logged_odoo "upgrade-$1" -d "$1" -u "$ADDON" --no-http; }

export_terms() {   # $1: database, $2: .pot file
    odoo i18n export -c "$CONF" -d "$1" -l pot -o "$2" -- "$ADDON" >"$CLONE/logs/export.log" 2>&1 && [ -s "$2" ] ||
        { tail -20 "$CLONE/logs/export.log"; return 1; }
}

french_step() {
    local pot=$RESULTS/terms.pot
    export_terms "$BASE" "$pot"
    (cd "$REPO" && "$VENV/bin/python" dev/checks/french.py check "$pot" i18n/fr.po) && return
    [ "$FRENCH" != strict ] || return 1
    echo "WARN the French translation is incomplete: make i18n, then translate i18n/fr.po"
}

scratch_steps() {
    local script
    for script in "$REPO"/dev/scratch/*.py; do
        step "scratch $(basename "$script" .py)" scratch "$script"
    done
}

scratch() {   # $1: script. A script that hangs is a failure, too
    (cd "$CLONE" && HUB_CONF=$CONF HUB_ODOO=$VENV/bin/odoo HUB_PLAIN=$TMPL HUB_WITH_ADDON=$BASE \
        PYTHONPATH=$REPO/dev timeout -k 5 600 "$VENV/bin/python" "$@")
}

cmd_scratch() { # the scripts of dev/scratch alone: scratch [dev/scratch/x.py ...]
    setup test
    template plain
    BASE=scratch_base
    if [ -z "${KEEP:-}" ] || ! exists "$BASE"; then install_step; fi   # KEEP=1: without a new installation
    local script rc=0
    [ $# -gt 0 ] || set -- "$REPO"/dev/scratch/*.py
    for script; do say "$script"; scratch "$(realpath "$script")" || rc=1; done
    return $rc
}

cmd_i18n() { # bring i18n/fr.po up to date with the sources; what is translated stays
    terms_of_today
    (cd "$REPO" && "$VENV/bin/python" dev/checks/french.py update "$RESULTS/terms.pot" i18n/fr.po)
}

cmd_french() { # is the French translation complete, faithful, in the hub's own words?
    terms_of_today
    (cd "$REPO" && "$VENV/bin/python" dev/checks/french.py check "$RESULTS/terms.pot" i18n/fr.po) ||
        die "make i18n takes over new terms; then translate i18n/fr.po"
    say "the French translation is complete"
}

terms_of_today() {
    setup test
    template plain
    RESULTS=$(mktemp -d)
    BASE=terms_$$
    trap 'drop_db "$BASE"; rm -rf "$RESULTS"' EXIT
    install_step || say "the log has complaints, see above"
    export_terms "$BASE" "$RESULTS/terms.pot"
}
