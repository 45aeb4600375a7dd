# Loads that wrk does not make: HTTP/2, gRPC, and TLS handshakes. Needs processes.sh and client.sh.

# What a case needs beyond HTTP/1.1 without encryption: a certificate for P-256, listeners that show it, and an endpoint for gRPC.
needs_tls() { [[ $(case_field "$1" 3) == https ]]; }

# What a case needs besides: listeners that relay TCP.
needs_tcp() { [[ $(case_field "$1" 3) == tcp ]]; }

make_certificate() {
    need_tool openssl openssl
    need_tool h2load nghttp2-client
    need_tool curl curl
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
        -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$scratch/key.pem" -out "$scratch/cert.pem" 2>/dev/null ||
        fail "openssl makes no certificate"
    cat "$scratch/cert.pem" "$scratch/key.pem" >"$scratch/both.pem"
    printf '\0\0\0\0\10\12\6gopher' >"$scratch/call"
    chmod 644 "$scratch"/*.pem
}

# run_h2load CASE SECONDS CONNECTIONS STREAMS URL. A call of gRPC is a POST with a message.
run_h2load() {
    local more=()
    [[ $1 != grpc ]] || more=(-d "$scratch/call" -H 'content-type: application/grpc' -H 'te: trailers')
    start "$scratch/h2load.log" "$load_cores" h2load -t1 -c"$3" -m"$4" -D"$2" "${more[@]}" "$5"
    finish "$pid" || fail "h2load: $(tail -n 3 "$scratch/h2load.log")"
    awk -f "$here/lib/h2load.awk" "$scratch/h2load.log" >"$scratch/h2load.row"
    cat "$scratch/h2load.row" >>"$scratch/h2load.log"
}

# run_handshakes CASE SECONDS CONNECTIONS full|resumed URL; the case's name ends in the version of TLS.
run_handshakes() {
    local port=${5#*:*:}
    start_client "$scratch/handshakes.log" load MeasureHandshakes "/${port#*/}" "${port%%/*}" "TLSv${1#*-}" "$4" "$3" "$2"
    finish "$pid" || fail "handshakes: $(tail -n 3 "$scratch/handshakes.log")"
}

# check_protocols NAME: the versions of HTTP that are measured over TLS carry the right bytes, and a call's trailers arrive.
check_protocols() {
    local name=$1 url=https://127.0.0.1:${tls_port_of[$1]} version path versions=1.1
    [[ " ${wanted[*]} " != *" h2 "* ]] || versions='1.1 2'
    for version in $versions; do
        for path in small 10k 1m; do
            curl -sSk --http$version "$url/$path" -o "$scratch/answer" -w '%{http_version} %{http_code}\n' >"$scratch/status" 2>&1 || :
            [[ $(<"$scratch/status") == "$version 200" ]] || fail "$name, HTTP/$version over TLS, /$path: $(<"$scratch/status")"
            cmp -s "$scratch/answer" "$scratch/bodies/$path" || fail "$name changes the body of /$path in HTTP/$version"
        done
    done
    [[ " ${wanted[*]} " == *" grpc "* ]] || return 0
    timeout 10 nghttp -v -d "$scratch/call" -H 'content-type: application/grpc' -H 'te: trailers' "$url/bench.Echo/Say" >"$scratch/answer" 2>&1 || :
    grep -q 'grpc-status: 0' "$scratch/answer" || fail "$name loses the trailers of a call: $(tail -n 5 "$scratch/answer")"
}
