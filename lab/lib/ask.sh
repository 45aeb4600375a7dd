# shellcheck shell=bash
# curl inside a task's network, because nothing but the routers is published: ask SERVICE[@NODE] [CURL'S OPTIONS] :PORT/PATH

ask() {
    local where=${1:-} node pid
    [[ $where == *[a-z]* && $# -ge 2 ]] || die "lab ask SERVICE[@NODE] [OPTIONS] :PORT/PATH"
    need_root
    need_tools
    shift
    pid=''
    for node in $(candidates "$where"); do
        pid=$(task_pid "$node" "${where%@*}") && break
    done
    [ -n "$pid" ] || die "no task of ${where%@*} runs there"
    exec nsenter -t "$pid" -n curl -sS -m 10 "${@:1:$#-1}" "http://127.0.0.1${*: -1}"
}

candidates() {
    if [[ $1 == *@* ]]; then
        echo "${1#*@}"
    else
        running_nodes
    fi
}

# The process of a service's first container on a node.
task_pid() {
    local id
    id=$(ask_engine "$1" ps -q --filter "label=com.docker.swarm.service.name=${stack}_$2" 2>/dev/null | head -n 1)
    [ -n "$id" ] && ask_engine "$1" inspect -f '{{.State.Pid}}' "$id"
}
