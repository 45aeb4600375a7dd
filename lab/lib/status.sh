# shellcheck shell=bash
# One table: a line per node, a column per service.

status() {
    local by
    need_root
    need_tools
    [ -d "$run" ] || die "the lab is not up: ./evenkeel lab up"
    by=$(some_manager) || { say "no manager answers: the swarm has no leader, or the engines have ended (./evenkeel lab up)" && by=''; }
    { heads "$by" && lines "$by"; } | column -t -s $'\t'
}

service_names() {
    [ -z "$1" ] || ask_engine "$1" service ls --format '{{.Name}}' | sed "s/^${stack}_//" | sort
}

heads() {
    printf 'NODE\tDONE TO IT\tSWARM\tROUTER'
    service_names "$1" | tr '[:lower:]' '[:upper:]' | sed 's/^/\t/' | tr -d '\n'
    echo
}

lines() {
    local node tasks=''
    [ -z "$1" ] || tasks=$(ask_engine "$1" stack ps "$stack" --filter desired-state=running --format '{{.Node}} {{.CurrentState}} {{.Name}}' || :)
    for node in $(running_nodes); do
        printf '%s\t%s\t%s\t%s' "$node" "$(cat "$run/$node/how" 2>/dev/null || echo -)" "$(swarm_state "$1" "$node")" "$(router_state "$node")"
        counts "$1" "$node" "$tasks"
        echo
    done
}

swarm_state() {
    [ -n "$1" ] || { echo '?' && return; }
    ask_engine "$1" node ls --format '{{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}}' |
        awk -v node="$2" '$1 == node { print tolower($2 "/" $3 "/" ($4 == "" ? "worker" : $4)); seen = 1 } END { if (!seen) print "-" }'
}

router_state() {
    if router_answers "$1"; then
        echo answers
    else
        echo -
    fi
}

# Tasks that run, and with a plus those that are to.
counts() {
    local service running waiting
    for service in $(service_names "$1"); do
        running=$(grep -c "^$2 Running .*${stack}_$service\." <<<"$3" || :)
        waiting=$(grep "^$2 .*${stack}_$service\." <<<"$3" | grep -vc "^$2 Running" || :)
        [ "$waiting" = 0 ] && waiting='' || waiting=+$waiting
        printf '\t%s%s' "$running" "$waiting"
    done
}
