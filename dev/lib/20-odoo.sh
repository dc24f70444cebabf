# Odoo 19 itself: the checkout that ODOO_HOME names, or Debian's package unpacked privately.
# shellcheck shell=bash disable=SC2034,SC2015

# Debian's package lacks the last two fonts in the versions that Odoo names: taken from trixie.
ODOO_PACKAGES=(odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-roboto-unhinted
    fonts-montserrat fonts-ocr-b fonts-font-awesome/trixie fonts-inconsolata/trixie)

fetch_odoo() {
    if [ -n "${ODOO_HOME:-}" ]; then
        [ -f "$ODOO_HOME/odoo/release.py" ] || die "ODOO_HOME=$ODOO_HOME holds no odoo/release.py"
        grep -q "version_info = (19, 0" "$ODOO_HOME/odoo/release.py" || die "ODOO_HOME=$ODOO_HOME is not Odoo 19.0"
        SRC=$(cd "$ODOO_HOME" && pwd)
        STAMP="$SRC $(git -c safe.directory='*' -C "$SRC" rev-parse HEAD 2>/dev/null || true)"
        return
    fi
    SRC=$CACHE/odoo/usr/lib/python3/dist-packages
    [ -f "$CACHE/odoo/.complete" ] || unpack_debian_odoo
    STAMP=$(cat "$CACHE/odoo/.complete")
}

private_apt() {   # an apt of our own in $1: works as any user and leaves the machine's alone
    mkdir -p "$1"/{lists/partial,cache/archives/partial,deb}
    cat > "$1/apt.conf" <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Update::Pre-Invoke;
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$1/lists";
Dir::Cache "$1/cache";
APT::Sandbox::User "";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

find_mirror() {   # the first of this machine's mirrors that has odoo-19
    local mirror signed=''
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ ! -r $keyring ] || signed="[signed-by=$keyring]"
    while read -r mirror; do
        printf 'deb %s %s %s main\n' "$signed" "$mirror" sid "$signed" "$mirror" trixie > "$1/sources.list"
        apt-get -q -c "$1/apt.conf" update >"$1/log" 2>&1 || continue
        ! apt-cache -c "$1/apt.conf" show odoo-19 >/dev/null 2>&1 || return 0
    done < <(apt-get --print-uris update 2>/dev/null |
        sed -n "s#^'\([^']*\)/dists/.*#\1#p" | grep -v security | awk '!seen[$0]++')
    return 1
}

unpack_debian_odoo() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        die "no apt here: clone odoo/odoo (branch $SERIES) and set ODOO_HOME to the clone"
    local work=$CACHE/apt new=$CACHE/odoo.new deb addons
    rm -rf "$work" "$new"
    mkdir -p "$new"
    private_apt "$work"
    find_mirror "$work" || die "none of this machine's apt mirrors answers with odoo-19 (log: $work/log).
    Check the network, or clone odoo/odoo (branch $SERIES) and set ODOO_HOME to the clone"
    say "fetching Odoo $(apt-cache -c "$work/apt.conf" policy odoo-19 | sed -n 's/ *Candidate: //p') (130 MB, once)"
    (cd "$work/deb" && apt-get -q -c "$work/apt.conf" download "${ODOO_PACKAGES[@]}" >"$work/log" 2>&1) ||
        die "the download failed, see $work/log"
    # Of 837 MB of translations only French is kept, and one copy of the sources.
    dpkg-deb --fsys-tarfile "$work"/deb/odoo-19_*.deb | tar -x -C "$new" \
        --exclude='*/i18n/[!f]*.po' --exclude='*/i18n/f[!r]*.po' ./usr/lib/python3/dist-packages/odoo
    for deb in "$work"/deb/[!o]*.deb; do dpkg-deb -x "$deb" "$new"; done
    addons=$new/usr/lib/python3/dist-packages
    mend_debian_odoo "$addons"
    [ -z "$(find "$new" -xtype l -print -quit)" ] || say "warning: some links of the Odoo tree lead nowhere"
    basename "$work"/deb/odoo-19_*.deb > "$new/.complete"
    rm -rf "$CACHE/odoo" "$work"
    mv "$new" "$CACHE/odoo"
}

mend_debian_odoo() {   # what the package leaves out
    local lib=$1/odoo/addons/mail/static/lib/selfie_segmentation
    # Named in the manifest of mail: without it every page of the web client logs an error.
    mkdir -p "$lib" "$1/odoo-$SERIES.dist-info"
    echo '/* not in the Debian package */' > "$lib/selfie_segmentation.js"
    # Tells pip that Odoo is there, without Debian's requirements.
    printf 'Metadata-Version: 2.1\nName: odoo\nVersion: %s\n' "$SERIES" > "$1/odoo-$SERIES.dist-info/METADATA"
}
