# shellcheck shell=bash
# How nodes fail, and come back. $run/NODE/how says what is wrong with it.

fail_node() {
    local node=${1:-} how=cut
    known_node "$node"
    shift
    while [ $# -gt 0 ]; do
        case $1 in
            --how) how=${2:-} && shift 2 ;;
            --how=*) how=${1#*=} && shift ;;
            *) die "fail: $1 is not known" ;;
        esac
    done
    need_root
    [ -d "$run/$node" ] || die "$node is not up"
    [ ! -e "$run/$node/how" ] || die "$node has failed already ($(cat "$run/$node/how")): ./evenkeel lab recover $node"
    case $how in
        cut) ip link set "$(cable "$node")" down ;;
        kill) power_off "$node" ;;
        pause) freeze "$node" ;;
        *) die "fail: --how is cut, kill or pause" ;;
    esac
    echo "$how" >"$run/$node/how"
    say "$node: $how"
}

# First the link, so that nobody is told that connections are closed.
power_off() {
    ip link set "$(cable "$1")" down
    kill_cgroup "$1"
}

recover_all() {
    local node
    for node in $(running_nodes); do
        [ ! -e "$run/$node/how" ] || recover_node "$node"
    done
}

recover_node() {
    local node=${1:-}
    known_node "$node"
    need_root
    need_tools
    case $(cat "$run/$node/how" 2>/dev/null) in
        cut) ip link set "$(cable "$node")" up ;;
        kill) start_nodes "$node" ;;
        pause) thaw "$node" ;;
        *) die "$node has not failed" ;;
    esac
    rm "$run/$node/how"
    say "$node: back"
}
