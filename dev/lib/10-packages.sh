# What must come from the system: installed when we are root, named otherwise.
# shellcheck shell=bash disable=SC2015

has_library() { case $(/sbin/ldconfig -p 2>/dev/null) in *"$1"*) ;; *) return 1 ;; esac; }
has_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return
    done
    return 1
}

find_python() {   # the first Python that Odoo 19 and its wheels support
    local name
    for name in ${PYTHON:-python3.12 python3.11 python3.10 python3.13 python3}; do
        "$name" -c 'import ensurepip, sys, venv
sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null && { echo "$name"; return; }
    done
    return 1
}

missing_packages() {   # $1: run | test
    find_python >/dev/null || echo python3-venv
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || [ ! -e /etc/debian_version ] ||
        echo fonts-dejavu-core
    [ "$1" = test ] || return 0
    has_browser || echo chromium
    command -v pdftotext >/dev/null || echo poppler-utils
    command -v git >/dev/null || echo git
}

need_packages() {   # $1: run | test
    local missing line log=$CACHE/apt-install.log
    mapfile -t missing < <(missing_packages "$1")
    [ ${#missing[@]} -gt 0 ] || return 0
    line="apt-get install -y --no-install-recommends ${missing[*]}"
    command -v apt-get >/dev/null || die "install what Debian calls: ${missing[*]}"
    is_root || die "some system packages are missing; run this as root, then try again:
    $line"
    say "installing ${missing[*]}"
    mkdir -p "$CACHE"
    if ! apt_install "${missing[@]}" >"$log" 2>&1; then
        apt-get update >>"$log" 2>&1 && apt_install "${missing[@]}" >>"$log" 2>&1 ||
            die "apt could not install them (see $log); without network or mirror install by hand:
    $line"
    fi
    mapfile -t missing < <(missing_packages "$1")
    [ ${#missing[@]} = 0 ] ||
        die "still missing after the installation: ${missing[*]} (Python must be 3.10 to 3.13)"
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}
