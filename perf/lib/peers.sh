# HAProxy and nginx, the newest that can be had without touching this machine's own packages.
#
# They live in a debootstrapped Debian sid in the cache folder, entered by chroot; if sid cannot be had, in one of the
# machine's own suite; if neither, those installed on the machine are taken. `root` is that folder, empty for the machine's own.

root=
cache=${XDG_CACHE_HOME:-$HOME/.cache}/evenkeel

need_tool() {
    command -v "$1" >/dev/null && return
    [[ $EUID == 0 ]] && command -v apt-get >/dev/null || fail "$1 is missing: apt-get install $2"
    say "installing $2"
    apt-get install -y -q "$2" >/dev/null 2>&1 || { apt-get update -q && apt-get install -y -q "$2"; } >/dev/null 2>&1 ||
        fail "$1 cannot be installed: apt-get install $2"
}

# Prints "MIRROR SUITE" as this machine's own sources have it.
own_mirror() {
    apt-get indextargets --format '$(LABEL)|$(REPO_URI)|$(CODENAME)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' '$1 == "Debian" && $3 !~ /-/ { print $2, $3; exit }'
}

# bootstrap SUITE MIRROR leaves a Debian with both peers in the cache folder, and its path in `root`.
bootstrap() {
    root=$cache/$1
    [[ ! -x $root/usr/sbin/haproxy || ! -x $root/usr/sbin/nginx ]] || return 0
    need_tool debootstrap debootstrap
    say "fetching Debian $1 with haproxy and nginx into $root (some 250 MB, once)"
    mkdir -p "$cache"
    local fresh
    fresh=$(mktemp -d "$cache/$1.XXXXXX")
    if debootstrap --variant=minbase --include=haproxy,nginx-light "$1" "$fresh" "$2" >"$cache/$1.log" 2>&1; then
        chmod 755 "$fresh"
        mv -T "$fresh" "$root"
    else
        umount "$fresh/proc" "$fresh/sys" 2>/dev/null || :
        rm -rf --one-file-system "$fresh"
        say "Debian $1 cannot be had: $(tail -n 1 "$cache/$1.log")"
        root=
        return 1
    fi
}

# find_peers [sid|distribution|installed]
find_peers() {
    local mirror='' suite=''
    [[ $1 == installed || $EUID != 0 ]] || read -r mirror suite < <(own_mirror) || :
    [[ $1 != sid || -z $mirror ]] || ! bootstrap sid "$mirror" || return 0
    [[ -z $mirror ]] || ! bootstrap "$suite" "$mirror" || { note_older "$1" "Debian $suite" && return 0; }
    note_older "$1" "this machine"
    command -v haproxy >/dev/null && command -v nginx >/dev/null || fail "needs haproxy and nginx, or root on Debian to fetch them"
}

note_older() { [[ $1 != sid ]] || say "note: the peers are not the newest, they are those of $2"; }

# peer COMMAND... runs a command of the peers' Debian, replacing the calling process when in the background.
peer_command() { [[ -z $root ]] && echo "" || echo "chroot $root"; }

peer_versions() {
    local enter
    enter=$(peer_command)
    $enter haproxy -v | awk 'NR == 1 { print "HAProxy", $3 }'
    $enter nginx -v 2>&1 | sed 's|.*/|nginx |'
    { wrk -v 2>&1 || :; } | awk 'NR == 1 { print "wrk", $2 }'
}
