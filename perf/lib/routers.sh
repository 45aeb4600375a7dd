# What is measured: the endpoints, bare and behind each proxy. Needs processes.sh, http.sh and peers.sh.

with_tls=       # not empty: with listeners for TLS and an endpoint for gRPC, which need protocols.sh
with_tcp=       # not empty: with TCP listeners, but for nginx: nginx-light relays no TCP
idle_endpoint=  # the port of an endpoint whose answers have no end, if there is one
names=()                # in the order of the rounds; direct is the endpoints themselves
declare -A port_of tls_port_of tcp_port_of pid_of ready_of idle_of
declare -A dir_of transport_of env_of    # of each variant of Evenkeel

# Makes the scratch folder where the peers can see it; $inside is its path as they see it. Two measurements at a time would measure
# each other, so the second is refused.
make_scratch() {
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock -n 9 || fail "another measurement runs on this machine"
    scratch=$(mktemp -d "$root/tmp/evenkeel-perf.XXXXXX")
    chmod 755 "$scratch"
    inside=${scratch#"$root"}
    nofile=$(ulimit -Hn)
    ulimit -n "$nofile"
}

# marked WORD VALUE prints what makes lines that begin with #WORD count where the value is not empty, and go where it is.
marked() { [[ -n $2 ]] && echo "s/^#$1//" || echo "/^#$1/d"; }

# render FILE NAME fills the placeholders of a settings file for one proxy.
render() {
    sed -e "$(marked tls "$with_tls")" -e "$(marked tcp "$with_tcp")" -e "$(marked idle "$idle_endpoint")" -e "s|@IDLE@|$idle_endpoint|; s|@DIR@|$inside|g; s|@SCRATCH@|$scratch|g; s|@NOFILE@|$nofile|; s|@CONNECTIONS@|$connections|" \
        -e "s|@ENDPOINT1@|$endpoint1|; s|@ENDPOINT2@|$endpoint2|; s|@PORT@|${port_of[$2]:-}|; s|@ADMIN@|$(free_port)|" \
        -e "s|@TRANSPORT@|${transport_of[$2]:-auto}|; s|@TLS@|${tls_port_of[$2]:-}|; s|@TCP@|${tcp_port_of[$2]:-}|; s|@GRPC@|${grpc_endpoint:-}|" "$here/lib/settings/$1"
}

# ready NAME PID records a started proxy once it answers: time to ready in ms, resident memory in KiB.
ready() {
    await_answer "$1" "$2" "${port_of[$1]}" /small
    ready_of[$1]=$(($(millis) - began))
    idle_of[$1]=$(rss_kib "$2")
    pid_of[$1]=$2
    [[ " ${names[*]} " == *" $1 "* ]] || names+=("$1")
}

start_endpoints() {
    endpoint1=$(free_port) endpoint2=$(free_port)
    mkdir "$scratch/bodies"
    printf 'hello, world\n' >"$scratch/bodies/small"
    head -c 10240 /dev/zero | tr '\0' x >"$scratch/bodies/10k"
    head -c 1048576 /dev/zero | tr '\0' y >"$scratch/bodies/1m"
    [[ -z $with_tcp ]] || truncate -s 1G "$scratch/bodies/1g"
    port_of[direct]=$endpoint1 tcp_port_of[direct]=$endpoint1
    [[ -z $with_tls ]] || { make_certificate && tls_port_of[direct]=$(free_port) grpc_endpoint=$(free_port); }
    render endpoints.conf direct >"$scratch/endpoints.conf"
    began=$(millis)
    # shellcheck disable=SC2046 # none, or two words
    start "$scratch/direct.log" "$load_cores" $(peer_command) nginx -c "$inside/endpoints.conf"
    ready direct "$pid"
}

start_peer() {
    local name=$1 file=$2
    shift 2
    port_of[$name]=$(free_port)
    [[ -z $with_tls ]] || tls_port_of[$name]=$(free_port)
    [[ -z $with_tcp || $name == nginx ]] || tcp_port_of[$name]=$(free_port)
    render "$file" "$name" >"$scratch/$file"
    began=$(millis)
    # shellcheck disable=SC2046 # none, or two words
    start "$scratch/$name.log" "$proxy_core" $(peer_command) "$@" "$inside/$file"
    ready "$name" "$pid"
}

start_haproxy() { start_peer haproxy haproxy.cfg haproxy -db -f; }
start_nginx() { start_peer nginx nginx.conf nginx -c; }

# Starts one variant of Evenkeel twice: the first start may build, and archive classes for the second.
start_evenkeel() {
    local name=$1 dir=${dir_of[$1]} variables
    [[ -x $dir/evenkeel ]] || fail "no launcher in $dir: give its checkout with --evenkeel-dir"
    mapfile -t variables < <(printf '%s' "${env_of[$name]:-}")
    port_of[$name]=$(free_port)
    [[ -z $with_tls ]] || tls_port_of[$name]=$(free_port)
    [[ -z $with_tcp ]] || tcp_port_of[$name]=$(free_port)
    render evenkeel.yaml "$name" >"$scratch/$name.yaml"
    env "${variables[@]}" "$dir/evenkeel" check --config "$scratch/$name.yaml" >"$scratch/$name.log" 2>&1 ||
        fail "$name: $(tail -n 5 "$scratch/$name.log")"
    for _ in first second; do
        [[ -z ${pid_of[$name]:-} ]] || stop "${pid_of[$name]}"
        began=$(millis)
        start "$scratch/$name.log" "$proxy_core" env "${variables[@]}" "$dir/evenkeel" run --config "$scratch/$name.yaml"
        ready "$name" "$pid"
    done
}

# Prints which Evenkeel, Java, transport and environment a variant is.
evenkeel_version() {
    local commit java
    commit=$(git -C "${dir_of[$1]}" describe --always --dirty 2>/dev/null) || commit='no git'
    java=$("/proc/${pid_of[$1]}/exe" -version 2>&1 | awk -F'"' 'NR == 1 { print $2 }')
    printf '%s: Evenkeel %s, Java %s, transport %s%s' "$1" "$commit" "$java" "${transport_of[$1]:-auto}" \
        "$(printf '%s' "${env_of[$1]:-}" | sed 's/^/, /' | tr -d '\n')"
}

check_bodies() {
    local name path
    for name in "${names[@]}"; do
        for path in small 10k 1m; do check_body "$name" "${port_of[$name]}" "/$path" "$scratch/bodies/$path"; done
        [[ -z $with_tls ]] || check_protocols "$name"
        [[ -z ${tcp_port_of[$name]:-} ]] || check_body "$name, TCP" "${tcp_port_of[$name]}" /1m "$scratch/bodies/1m"
    done
}
