# shellcheck shell=bash

say() {
    echo "lab: $((SECONDS))s $*" >&2
}

die() {
    say "$*"
    exit 1
}

need_root() {
    [ "$(id -u)" = 0 ] || die "needs root: it makes network namespaces and starts engines"
}

# await SECONDS WHAT COMMAND...: until the command succeeds; says what did not come, and where to look ($hint).
# $watch: the cgroup that it takes, without which there is nothing to wait for.
await() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || die "$what did not come in time${hint:+; see $hint}"
        [ -z "${watch:-}" ] || populated "$watch" || die "$what has ended${hint:+; see $hint}"
        sleep 0.2
    done
}

known_node() {
    [[ " ${all_nodes[*]} " == *" ${1:-} "* ]] || die "which node? one of ${all_nodes[*]}"
}

running_nodes() {
    local node
    for node in "${all_nodes[@]}"; do
        [ ! -d "$run/$node" ] || echo "$node"
    done
}
