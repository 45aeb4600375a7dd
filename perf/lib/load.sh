# One measurement: a load over one proxy, and what it cost. Needs protocols.sh.

# name, tool, scheme, path, connections, one more thing for the tool or -: a field of the request for wrk, streams of a connection for
# h2load, how sessions begin for handshakes
cases='
small      wrk        http   /small          256 -
10k        wrk        http   /10k            64  -
1m         wrk        http   /1m             16  -
close      wrk        http   /small          64  Connection:close
tls        wrk        https  /small          64  -
tls-1m     wrk        https  /1m             16  -
h2         h2load     https  /small          10  100
grpc       h2load     https  /bench.Echo/Say 10  100
full-1.3   handshakes https  /small          16  full
full-1.2   handshakes https  /small          16  full
resume-1.3 handshakes https  /small          16  resumed
resume-1.2 handshakes https  /small          16  resumed
tcp        curl       tcp    /1g             1   -
'

is_case() { awk -v name="$1" '$1 == name { found = 1 } END { exit !found }' <<<"$cases"; }

# case_field NAME COLUMN
case_field() { awk -v name="$1" -v column="$2" '$1 == name { print $column }' <<<"$cases"; }

# run_load CASE NAME SECONDS leaves a result line in $scratch/result: result, requests, bytes, duration in µs, errors of every kind,
# p50 and p99 in µs (0: not known).
run_load() {
    local _ tool scheme path connections_ more url
    read -r _ tool scheme path connections_ more < <(awk -v name="$1" '$1 == name' <<<"$cases")
    case $scheme in
        http) url=http://127.0.0.1:${port_of[$2]}$path ;;
        https) url=https://127.0.0.1:${tls_port_of[$2]}$path ;;
        tcp) url=http://127.0.0.1:${tcp_port_of[$2]}$path ;;
    esac
    "run_$tool" "$1" "$3" "$connections_" "$more" "$url"
    grep '^result ' "$scratch/$tool.log" >"$scratch/result" || fail "$tool: $(tail -n 3 "$scratch/$tool.log")"
}

run_wrk() {
    local more=()
    [[ $4 == - ]] || more=(-H "${4/:/: }")
    start "$scratch/wrk.log" "$load_cores" wrk -t1 -c"$3" -d"$2s" -s "$here/lib/report.lua" "${more[@]}" "$5"
    finish "$pid" || fail "wrk: $(tail -n 3 "$scratch/wrk.log")"
}

# One transfer after the other.
run_curl() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    start "$scratch/curl.log" "$load_cores" bash -c 'end=$((SECONDS + $1))
        while ((SECONDS < end)); do curl -sS -o /dev/null -w "%{http_code} %{size_download} %{time_total}\n" "$2" || :; done' - "$2" "$5"
    finish "$pid" || fail "curl: $(tail -n 3 "$scratch/curl.log")"
    awk '{ sum += $3; bytes += $2 } $1 == 200 { n++ } $1 != 200 { bad++ }
        END { printf "result %d %.0f %.0f %d 0 0\n", n, bytes, sum * 1e6, bad }' "$scratch/curl.log" >"$scratch/curl.row"
    cat "$scratch/curl.row" >>"$scratch/curl.log"
}

# A response that arrived short is an error too, even when the tool did not notice.
lost() {
    local requests=$1 bytes=$2 size
    size=$(stat -c %s "$scratch/bodies/$3")
    ((bytes >= requests * size)) && echo 0 || echo 1
}

# measure CASE NAME SECONDS prints a row:
# case, proxy, requests, errors, requests/s, CPU µs/request, p50 µs, p99 µs, % of the proxy's core used by others
measure() {
    local cpu core began elapsed _ requests bytes duration errors p50 p99
    began=$(millis) cpu=$(cpu_ticks "${pid_of[$2]}") core=$(core_ticks "$proxy_core")
    run_load "$1" "$2" "$3"
    cpu=$(($(cpu_ticks "${pid_of[$2]}") - cpu)) core=$(($(core_ticks "$proxy_core") - core))
    elapsed=$(($(millis) - began))
    read -r _ requests bytes duration errors p50 p99 <"$scratch/result"
    errors=$((errors + $(lost "$requests" "$bytes" "$(body_of "$1")")))
    ((requests > 0)) || fail "$2 served no request of $1: $(tail -n 3 "$scratch/$(case_field "$1" 2).log")"
    [[ $2 != direct ]] || core=$cpu  # which did not run there
    awk -v OFS='\t' -v case_="$1" -v name="$2" -v n="$requests" -v errors="$errors" -v us="$duration" -v p50="$p50" \
        -v p99="$p99" -v cpu="$cpu" -v core="$core" -v ms="$elapsed" -v hz="$(getconf CLK_TCK)" 'BEGIN {
            others = (core - cpu) / hz / ms * 1e5
            print case_, name, n, errors, n / us * 1e6, cpu / hz * 1e6 / n, p50, p99, others < 0 ? 0 : others }'
}

body_of() {
    local path
    path=$(case_field "$1" 4)
    path=${path##*/}
    [[ $path == Say ]] && echo small || echo "$path"
}

# warm CASE NAME loads a proxy before it is measured: a peer for 2 s, Evenkeel until its JIT compiler is done, which is when
# $warm_up seconds have passed and the cost of a request no longer changes by 5 %.
warm() {
    local cost last=0 spent=0
    say "$1: warming up $2"
    [[ -n ${dir_of[$2]:-} ]] || { run_load "$1" "$2" 2 && return; }
    while ((spent < 5 * warm_up)); do
        cost=$(measure "$1" "$2" 3 | cut -f6)
        ((spent += 3))
        ((spent < warm_up)) || ! awk "BEGIN { exit !($cost > 0.95 * $last && $cost < 1.05 * $last) }" || return 0
        last=$cost
    done
    say "note: $2 is not steady after $spent s of $1"
}

# rounds CASE prints the rows of a case: every proxy once per round, in the same order, after a warm-up of each.
rounds() {
    local name round able=()
    for name in "${names[@]}"; do [[ $1 == tcp && -z ${tcp_port_of[$name]:-} ]] || able+=("$name"); done
    for name in "${able[@]}"; do warm "$1" "$name"; done
    for ((round = 1; round <= rounds; round++)); do
        say "$1: round $round of $rounds"
        for name in "${able[@]}"; do measure "$1" "$name" "$seconds"; done
    done
}
