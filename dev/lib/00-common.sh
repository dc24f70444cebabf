# Where things lie, and how to speak.
# State is kept outside the repository: Odoo follows the link to the addon, and would
# find itself again below it.
# shellcheck shell=bash disable=SC2034

HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
CACHE=${DEV_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/$ADDON}
KEY=$(printf '%s\n%s' "$REPO" "$CACHE" | sha256sum | cut -c1-8)
CLONE=$CACHE/clones/$KEY
RUN_DB=${DB:-hub}

# The shell's own settings would win over odoo.conf.
unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE ODOO_RC PYTHONPATH PYTHONHOME
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=

is_root() { [ "$(id -u)" = 0 ]; }
say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'dev/hub: %s\n' "$*" >&2; exit 1; }
git_here() { git -c safe.directory='*' -C "$REPO" "$@"; }

case $CACHE/ in "$REPO"/*) die "DEV_HOME must lie outside the repository" ;; esac

lock() { mkdir -p "$CACHE"; exec 9>"$CACHE/lock"; flock 9; }
unlock() { flock -u 9; exec 9>&-; }
