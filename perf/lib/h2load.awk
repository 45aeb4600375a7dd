# Turns what h2load prints into one line a script can read: result, requests, bytes of bodies, duration in µs, errors of every kind,
# p50 and p99 (not known: 0). Requests that were under way when the time was up are neither.

/^finished in / {
    time = $3
    sub(/,$/, "", time)
    us = time ~ /ms$/ ? time * 1e3 : time ~ /us$/ ? time + 0 : time ~ /m/ ? 0 : time * 1e6
}
/^requests: / { for (i = 2; i < NF; i += 2) count[$(i + 1)] = $i }
/^status codes: / { good = $3; bad = $5 + $7 + $9 }
/^traffic: / { match($0, /\([0-9]+\) data/); bytes = substr($0, RSTART + 1) + 0 }

END {
    done = count["succeeded,"]
    if (!us || !("done," in count)) exit 1
    printf "result %d %.0f %.0f %d 0 0\n", done, bytes, us, count["failed,"] + bad
}
