# The latency case: one constant rate for all, measured from the time each request was due. Needs client.sh and load.sh.

latency_connections=64

# Prints 30 % of the requests per second the most expensive proxy has CPU for. All are warm afterwards.
rate_of_slowest() {
    local name
    for name in "${names[@]}"; do
        [[ $name == direct ]] && continue
        warm small "$name"
        measure small "$name" 3
    done | awk -F'\t' '$6 > most { most = $6 } END { printf "%d", 0.3e6 / most }'
}

latency() {
    local targets=() name
    build_client
    local thirty_percent
    thirty_percent=$(rate_of_slowest)
    rate=${rate:-$thirty_percent}
    for name in "${names[@]}"; do targets+=("$name=${port_of[$name]}"); done
    say "latency: $rounds rounds of $seconds s at $rate requests/s"
    start_client "$scratch/latency.log" load MeasureLatency /small "$rate" "$rounds" "$seconds" 5 "$latency_connections" "${targets[@]}"
    finish "$pid" || fail "latency: $(tail -n 3 "$scratch/latency.log")"
    printf '\nlatency at %s requests/s, %s connections, from the time each request was due\n\n' "$rate" "$latency_connections"
    awk -f "$here/lib/median.awk" -f "$here/lib/latency.awk" "$scratch/latency.log"
}
