# The whole proof, as CI runs it.
# shellcheck shell=bash

cmd_test() { # everything: installs and runs all tests on a fresh database
    setup test
    template plain
    local rc=0 db=test_$$ log=$CLONE/logs/test.log
    copy_db "$TMPL" "$db"
    say "installing $ADDON and running its tests"
    odoo -c "$CONF" -d "$db" -i "$ADDON" --test-tags "${TAGS:-/$ADDON}" --http-port "$(free_port)" \
        --stop-after-init >"$log" 2>&1 || rc=$?
    drop_db "$db"
    verdict "$log" "$rc"
}

verdict() {   # $1: log, $2: exit status of odoo
    local line fail err total skip
    line=$(grep -oE '[0-9]+ failed, [0-9]+ error\(s\) of [0-9]+ tests' "$1" | tail -1) || true
    [ -n "$line" ] || { tail -40 "$1" >&2; die "Odoo stopped before the tests, see $1"; }
    read -r fail _ err _ _ total _ <<<"$line"
    grep -E ' (ERROR|CRITICAL) | skipped | (FAIL|ERROR): ' "$1" | cut -c1-300 || true
    skip=$(grep -cE ' odoo\.addons\.[a-z0-9_.]+: skipped ' "$1") || true
    echo "$((total - fail - err - skip)) passed, $((fail + err)) failed, $skip skipped"
    [ "$total" -gt "$skip" ] || die "no test was run"
    return "$2"
}
