# Measures, the wheel, and leaving nothing behind.
# shellcheck shell=bash

cmd_wheel() { # dist/odoo_addon_solidarity_hub-*.whl, to install with pip beside Odoo
    setup
    rm -rf "$REPO/dist"
    (cd "$CLONE" && "$VENV/bin/pip" wheel -q --disable-pip-version-check --no-deps --no-build-isolation \
        -w "$REPO/dist" "$REPO") || die "the wheel could not be built"
    "$VENV/bin/python" "$REPO/dev/checks/wheel.py" "$REPO" "$REPO"/dist/*.whl
}

cmd_bench() { # measures of dev/bench, on scratch databases: bench [dev/bench/x.py ...]
    setup test
    template plain
    local script rc=0
    BASE=bench_$$
    trap 'drop_db "$BASE"' EXIT
    install_step || say "the log has complaints, see above"
    [ $# -gt 0 ] || set -- "$REPO"/dev/bench/*.py
    for script; do say "$(basename "$script")"; scratch "$(realpath "$script")" || rc=1; done
    return $rc
}

cmd_clean() { # stop the databases and remove all that was fetched and made here
    stop_quietly
    rm -rf "$CLONE" "$PGROOT" "$REPO/dist"
    if [ -n "$(ls "$CACHE/clones" 2>/dev/null)" ]; then
        say "removed this clone's databases; Odoo and Python stay in $CACHE for other clones"
        return
    fi
    # What all clones share goes with the last of them: by name, DEV_HOME may hold other things.
    rm -rf "$CACHE"/{odoo,odoo.new,apt,templates,clones,pgsql,lock,pip.log,apt-install.log} "$CACHE"/venv-????????
    rmdir "$CACHE" 2>/dev/null || true
    if is_root; then
        rm -rf "/var/lib/$ADDON-dev/pgsql"
        rmdir "/var/lib/$ADDON-dev" 2>/dev/null || true
    fi
    say "removed what was fetched and made in $CACHE"
}

stop_quietly() {   # without fetching anything first
    local pid
    pid=$(head -1 "$PGROOT/d/postmaster.pid" 2>/dev/null) || return 0
    kill -INT "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}
