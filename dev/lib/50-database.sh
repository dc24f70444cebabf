# This clone's odoo.conf and its databases.
# shellcheck shell=bash disable=SC2034,SC2015

setup() {   # $1: run | test, what it is for
    need_packages "${1:-run}"
    lock
    fetch_odoo
    make_venv
    start_postgres
    CONF=$CLONE/odoo.conf
    mkdir -p "$CLONE/addons" "$CLONE/data/filestore" "$CLONE/logs"
    ln -sfn "$REPO" "$CLONE/addons/$ADDON"
    [ -s "$CONF" ] && grep -qxF "pg_path = $PGBIN" "$CONF" && grep -qxF "db_host = $PGSOCK" "$CONF" || write_conf
    unlock
}

write_conf() {
    cat > "$CONF" <<CONF
[options]
addons_path = $CLONE/addons
data_dir = $CLONE/data
db_host = $PGSOCK
db_user = odoo
pg_path = $PGBIN
http_interface = 127.0.0.1
admin_passwd = $(head -c 18 /dev/urandom | base64)
list_db = False
screenshots = $CLONE/screenshots
CONF
}

odoo() { (cd "$CLONE" && exec "$VENV/bin/odoo" "$@"); }
free_port() {
    "$VENV/bin/python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}
filestore() { echo "$CLONE/data/filestore/$1"; }
exists() { [ "$(psql -d postgres -Atc "select 1 from pg_database where datname = '$1'")" = 1 ]; }
drop_db() { dropdb --if-exists --force "$1" 2>/dev/null || true; rm -rf "$(filestore "$1")"; }
copy_files() { rm -rf "$2"; cp -al "$1" "$2" 2>/dev/null || cp -a "$1" "$2"; }
copy_db() {   # $1 to $2
    drop_db "$2"
    createdb -T "$1" "$2"
    copy_files "$(filestore "$1")" "$(filestore "$2")"
}
depends() {
    "$VENV/bin/python" -c 'import ast, sys
print(",".join(ast.literal_eval(open(sys.argv[1]).read())["depends"]))' "$REPO/__manifest__.py"
}

# A database with all that the addon depends on, made once per machine and kept as a dump,
# from which other clones take it. "plain": bare Odoo, English and French, no demo data, as
# tests want it, with a second company that has the French chart of accounts (the addon
# does not depend on it); "demo": a French company with Odoo's demo data. Sets TMPL.
template() {   # $1: plain | demo
    local hash store
    hash=$({ depends; declare -f "install_$1"; echo "$STAMP $VENV"; "$PGBIN/postgres" -V; } | sha256sum | cut -c1-8)
    TMPL=tmpl_$1_$hash
    store=$CACHE/templates/$TMPL
    ! exists "$TMPL" || return 0
    lock
    if ! exists "$TMPL"; then
        [ -f "$store/.complete" ] || build_template "$1" "$store"
        exists "$TMPL" || load_template "$store"
    fi
    unlock
}

build_template() {   # $1: plain | demo, $2: where to keep it
    local new=new_$TMPL log=$CLONE/logs/$TMPL.log
    say "installing $(depends), $1, once (a minute or two)"
    drop_db "$new"
    "install_$1" "$new" >"$log" 2>&1 ||
        { tail -30 "$log" >&2; drop_db "$new"; die "Odoo could not be installed, see $log"; }
    rm -rf "$2"
    mkdir -p "$2"
    pg_dump -Fc -Z1 -f "$2/dump" "$new"
    cp -a "$(filestore "$new")" "$2/filestore"
    touch "$2/.complete"
    rm -rf "$(filestore "$TMPL")"
    mv "$(filestore "$new")" "$(filestore "$TMPL")"
    psql -q -d postgres -c "alter database $new rename to $TMPL"
}

install_plain() {   # the first language is everybody's; only those named are active
    odoo -c "$CONF" -d "$1" -i "$(depends),l10n_fr_account" --load-language=en_US,fr_FR --stop-after-init \
        --no-http --http-port "$(free_port)" --log-level=warn &&
        odoo shell -c "$CONF" -d "$1" --no-http --http-port "$(free_port)" --log-level=warn <<'PY'
france = {"name": "France", "country_id": env.ref("base.fr").id, "currency_id": env.ref("base.EUR").id}
company = env["res.company"].create(france)
env["account.chart.template"].try_loading("fr", company)
env.cr.commit()
PY
}

install_demo() {   # what "db init" fails to do it only logs
    odoo db -c "$CONF" init --country FR --language fr_FR --with-demo "$1"
    exists "$1" && odoo -c "$CONF" -d "$1" -i "$(depends)" --load-language=en_US,fr_FR --stop-after-init \
        --no-http --http-port "$(free_port)" --log-level=warn &&
        odoo shell -c "$CONF" -d "$1" --no-http --http-port "$(free_port)" --log-level=warn <<'PY'
# Odoo's demo data gives the first company an American chart with entries in dollars.
company = env.ref("base.main_company")
env = env(context=dict(env.context, allowed_company_ids=company.ids, force_delete=True))
of_company = lambda model: env[model].search([("company_id", "=", company.id)])
for model in ("account.bank.statement", "account.bank.statement.line", "account.payment"):
    of_company(model).unlink()
of_company("account.move").filtered(lambda move: move.state != "draft").button_draft()
of_company("account.move").unlink()
company = company.with_env(env)
company.currency_id = env.ref("base.EUR")
env["account.chart.template"].try_loading("fr", company)
env.cr.commit()
PY
}

load_template() {
    local new=new_$TMPL
    drop_db "$new"
    createdb "$new"
    pg_restore -j 2 -d "$new" "$1/dump"
    copy_files "$1/filestore" "$(filestore "$TMPL")"
    psql -q -d postgres -c "alter database $new rename to $TMPL"
}
