# shellcheck shell=bash
# A node's engine. State in $run/NODE: docker.sock, engine.log, data, how (why it is not there).

socket() {
    echo "$run/$1/docker.sock"
}

at() {
    DOCKER_HOST=unix://$(socket "$1") docker "${@:2}"
}

# at, but nobody waits for an engine that hangs.
ask_engine() {
    DOCKER_HOST=unix://$(socket "$1") timeout 5 docker "${@:2}"
}

start_nodes() {
    local node
    for node in "$@"; do
        start_node "$node"
    done
    for node in "$@"; do
        watch=$node hint=$run/$node/engine.log await 60 "the engine of $node" ask_engine "$node" version
    done
}

# Of an engine that was killed the network may be left; a machine forgets it.
start_node() {
    ! populated "$1" || return 0
    mkdir -p "$run/$1"
    remove_namespace "$1"
    make_namespace "$1"
    in_cgroup "$1" nsenter "--net=/run/netns/$(namespace "$1")" unshare -m -u --propagation private \
        "$lab/lib/engine-main" "$1" "$run/$1" "$prefix" --userland-proxy=false --dns "$bridge_address" --insecure-registry "$registry" >>"$run/$1/engine.log" 2>&1
    watch='' hint='' await 5 "a process of $1" populated "$1"
}

node_docker() {
    known_node "${1:-}"
    need_tools
    at "$@"
}

stop_everything() {
    local group
    for group in "${all_nodes[@]}" registry dns builder; do
        kill_cgroup "$group"
    done
    remove_cgroups
}
