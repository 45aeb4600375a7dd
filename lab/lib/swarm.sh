# shellcheck shell=bash
# One swarm of the nodes, all of them managers.

joined() {
    [ "$(ask_engine "$1" info -f '{{.Swarm.LocalNodeState}}')" = active ]
}

# A manager that answers now, so one that knows a leader.
some_manager() {
    local node
    for node in $(running_nodes); do
        ! ask_engine "$node" node ls >/dev/null 2>&1 || { echo "$node" && return; }
    done
    return 1
}

manager() {
    hint='' await 60 "a swarm manager with a leader" some_manager
    some_manager
}

form_swarm() {
    local node first=${nodes[0]}
    joined "$first" || at "$first" swarm init --advertise-addr "$(address "$first")" --listen-addr "$(address "$first"):2377" \
        --default-addr-pool 10.98.0.0/16 >/dev/null || die "no swarm; see $run/$first/engine.log"
    for node in "${nodes[@]:1}"; do
        joined "$node" || join_swarm "$node"
    done
    hint=$run/$first/engine.log await 60 "a swarm with all nodes ready" all_ready "${#nodes[@]}"
}

join_swarm() {
    local node=$1 by
    by=$(manager)
    at "$node" swarm join --token "$(at "$by" swarm join-token -q manager)" --advertise-addr "$(address "$node")" \
        --listen-addr "$(address "$node"):2377" "$(address "$by"):2377" >/dev/null || die "$node does not join; see $run/$node/engine.log"
}

all_ready() {
    [ "$(ask_engine "$(some_manager)" node ls --format '{{.Status}}' | grep -c Ready)" -ge "$1" ]
}

join_node() {
    known_node "${1:-}"
    need_root
    need_tools
    [ -d "$run/n1" ] || die "the lab is not up: ./evenkeel lab up"
    start_nodes "$1"
    joined "$1" || join_swarm "$1"
    say "$1 is there"
}
