# shellcheck shell=bash
# swarm-stack.yml with the images of the lab, and little memory.

deploy_stack() {
    local by
    [ -s "$state/admin-token" ] || (umask 077 && head -c 24 /dev/urandom | base64 >"$state/admin-token")
    by=$(manager)
    prometheus_config >"$run/prometheus.yml"
    (
        set -a
        EVENKEEL_IMAGE=$(reference evenkeel) VVM_IMAGE=$(reference evenkeel) CONSUL_IMAGE=$(reference consul)
        PROMETHEUS_IMAGE=$(reference prometheus) HAPROXY_IMAGE=$(reference haproxy) SCYLLA_IMAGE=$(reference cql) SCYLLA_COMMAND=''
        PROMETHEUS_CONFIG=$run/prometheus.yml
        GRAFANA_REPLICAS=0 STABLE_FOR=${STABLE_FOR:-10s} FLAP_WINDOW=${FLAP_WINDOW:-1m} COOL_DOWN=${COOL_DOWN:-5s} STEP_DEADLINE=${STEP_DEADLINE:-45s}
        EVENKEEL_CONFIG=$(stack_files | cksum | cut -d ' ' -f 1) EVENKEEL_ADMIN_TOKEN_FILE=$state/admin-token
        ROUTER_JAVA_OPTS=-Xmx96m ROUTER_MEMORY=384M OVERLOAD_LAG=5s
        VVM_JAVA_OPTS='-Xmx32m -XX:TieredStopAtLevel=1' VVM_MEMORY=192M
        cd "$house" && at "$by" stack deploy --resolve-image never --prune -c swarm-stack.yml "$stack"
    ) >"$run/deploy.log" 2>&1 || die "the stack is not deployed; see $run/deploy.log"
    say "waiting for its tasks"
    (hint="./evenkeel lab status" await 150 "all tasks of the stack" all_running "$by") || { troubles "$by" && exit 1; }
    say "waiting for its routers"
    hint="./evenkeel lab status" await 60 "an answer of every router" all_routers_answer
}

# Debian builds Prometheus without Consul: here routers are found by Swarm's DNS alone.
prometheus_config() {
    grep -v 'consul_sd_configs:' "$house/stack/prometheus.yml"
}

# An image by what is in it, so that nobody has to ask the registry and what changed is rolled out.
reference() {
    echo "$registry/$1:lab@sha256:$(digest "$images/$1.manifest.json")"
}

# What configs and secrets are made of: with each change they get another name.
stack_files() {
    find "$house/stack" "$state/admin-token" -type f -exec cat {} +
}

# What the engines say of tasks that do not run.
troubles() {
    ask_engine "$1" stack ps "$stack" --no-trunc --format '{{.Name}} on {{.Node}}: {{.CurrentState}} {{.Error}}' |
        grep -v ': Running' | sort -u -k 1,3 | head -n 20 >&2
}

all_running() {
    ! updating "$1" || return 1
    ask_engine "$1" service ls --format '{{.Replicas}}' | awk '{ split($1, n, "/") } n[1] < n[2] { waits = 1 } END { exit waits }'
}

updating() {
    local services
    services=$(ask_engine "$1" stack services -q "$stack") || return 0
    # shellcheck disable=SC2086 # a list
    ask_engine "$1" service inspect -f '{{with .UpdateStatus}}{{.State}}{{end}}' $services | grep -q updating
}

router_answers() {
    [ "$(curl -sf -m 1 "http://$(address "$1")/api/check")" = ok ]
}

all_routers_answer() {
    local node
    for node in "${nodes[@]}"; do
        router_answers "$node" || return 1
    done
}
