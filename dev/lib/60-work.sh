# The commands of every day.
# shellcheck shell=bash

cmd_help() { # this list
    sed -n 's/^cmd_\([a-z0-9_]*\)() { *# /\1\t/p' "$REPO"/dev/lib/*.sh | expand -t 12 | sed 's/^/  /'
}

cmd_setup() { # fetch Odoo, Python packages and PostgreSQL, start the databases
    setup test
    say "ready: Odoo in $SRC"
    say "       Python in $VENV, database socket in $PGSOCK"
}

cmd_quick() { # tests on a kept database: quick [--no-update] tests/people/test_x.py::Class::test
    local update=1 arg args=()
    for arg; do
        case $arg in
            --no-update) update= ;;
            tests/*) args+=("$CLONE/addons/$ADDON/$arg") ;;
            *) args+=("$arg") ;;
        esac
    done
    setup test
    case "${args[*]-}" in "$CLONE/addons/$ADDON/tests/tools"*) unit_tests -q "${args[@]/#$CLONE\/addons\/$ADDON/$REPO}"; return ;; esac
    template plain
    if ! exists quick || [ "$(cat "$CLONE/quick.from" 2>/dev/null)" != "$TMPL" ]; then
        copy_db "$TMPL" quick
        echo "$TMPL" >"$CLONE/quick.from"
        update=1
    fi
    if [ -n "$update" ]; then
        odoo -c "$CONF" -d quick -i "$ADDON" -u "$ADDON" --stop-after-init --no-http \
            --http-port "$(free_port)" --log-level=warn || die "the addon could not be updated in database quick"
    fi
    case " ${args[*]-} " in *" $CLONE/"*) ;; *) args+=("$CLONE/addons/$ADDON/tests") ;; esac
    cd "$CLONE" && exec "$VENV/bin/python" -m pytest -p no:cacheprovider -q --odoo-config="$CONF" \
        --odoo-database=quick --odoo-http --ignore="$CLONE/addons/$ADDON/tests/tools" "${args[@]}"
}

cmd_run() { # a hub with demo data on http://localhost:8069 (PORT=8070 for another port)
    local port=${PORT:-8069} files
    setup run
    port_is_free "$port" || die "port $port is in use: stop what holds it, or choose another: PORT=$((port + 1)) make run"
    files=$(addon_files_hash)
    exists "$RUN_DB" || make_hub
    [ "$(cat "$CLONE/$RUN_DB.files" 2>/dev/null)" = "$files" ] || update_hub "$files"
    (announce "http://localhost:$port" $$ &)
    cd "$CLONE" && exec "$VENV/bin/odoo" -c "$CONF" -d "$RUN_DB" --http-port "$port" "$@"
}

cmd_reset() { # forget the hub that run made (DB=name for another): the next run makes a new one
    setup
    drop_db "$RUN_DB"
    rm -f "$CLONE/$RUN_DB.files"
    say "the database $RUN_DB is gone"
}

port_is_free() {
    "$VENV/bin/python" -c 'import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))' "$1" 2>/dev/null
}

addon_files_hash() {   # changes with any file that an update would read
    (cd "$REPO" && find . \( -name .git -o -name __pycache__ -o -path ./dev -o -path ./dist \) -prune \
        -o -type f -printf '%p %s %T@\n' | sort | sha256sum | cut -c1-16)
}

make_hub() {
    template demo
    say "making the database $RUN_DB: a French hub with demo data"
    copy_db "$TMPL" "$RUN_DB"
    rm -f "$CLONE/$RUN_DB.files"
}

update_hub() {
    local log=$CLONE/logs/$RUN_DB.log
    say "installing this state of the addon in the database $RUN_DB"
    odoo -c "$CONF" -d "$RUN_DB" -i "$ADDON" -u "$ADDON" --stop-after-init --no-http \
        --http-port "$(free_port)" --log-level=warn >"$log" 2>&1 ||
        { tail -30 "$log" >&2; die "the addon could not be installed, see $log (make reset begins with a new hub)"; }
    psql -d "$RUN_DB" -qc analyze
    echo "$1" > "$CLONE/$RUN_DB.files"
}

announce() {   # $1: address, $2: process. Says so as soon as the server answers
    "$VENV/bin/python" - "$1" "$2" <<'PY'
import os, sys, time, urllib.request

url, server = sys.argv[1], int(sys.argv[2])
while True:
    try:
        os.kill(server, 0)
        urllib.request.urlopen(url + "/web/login", timeout=30).read()
        break
    except ProcessLookupError:
        sys.exit(1)
    except OSError:
        time.sleep(0.5)
print(f"\n==> ready: {url}   login: admin   password: admin   (Ctrl-C stops it)\n", flush=True)
PY
}

unit_tests() {   # tools/ without Odoo: its folder alone, for the packages around it import Odoo
    [ $# -gt 1 ] || set -- "$@" "$REPO/tests/tools"
    cd "$CLONE" && PYTHONPATH=$REPO "$VENV/bin/python" -m pytest -p no:cacheprovider -p no:odoo -c /dev/null \
        --rootdir="$REPO/tests/tools" --confcutdir="$REPO/tests/tools" "$@"
}

cmd_shell() { # Odoo's Python shell on the running hub's database (DB=name for another)
    setup
    exists "$RUN_DB" || die "no database $RUN_DB yet: dev/hub run makes it"
    cd "$CLONE" && exec "$VENV/bin/odoo" shell -c "$CONF" -d "$RUN_DB" --no-http --http-port "$(free_port)"
}

cmd_odoo() { # Odoo's own command line with this clone's configuration: odoo module upgrade -d hub base
    setup
    case ${1:-} in
        '' | -*) odoo -c "$CONF" "$@" ;;
        i18n | module) odoo "$1" "${2:---help}" -c "$CONF" "${@:3}" ;;
        *) odoo "$1" -c "$CONF" "${@:2}" ;;
    esac
}

cmd_psql() { # psql on this clone's databases
    setup
    exec psql -d "$RUN_DB" "$@"
}

cmd_stop() { # stop the databases of this clone
    setup
    stop_postgres
}
