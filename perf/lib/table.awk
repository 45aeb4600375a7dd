# Turns rows of measurements into one Markdown table: medians over the rounds, and each proxy against the cheaper peer.
# In: case, proxy, requests, errors, requests/s, CPU µs/request, p50 µs, p99 µs, % of the core used by others.
# A peer with errors is not compared with. Exit 1 if one that is no peer has any, or both peers. Needs median.awk.

BEGIN {
    FS = "\t"
    layout = "| %-10s | %-18s | %9s | %6s | %7s | %24s | %12s | %7s | %7s |\n"
    print "| case       | proxy              |  requests | errors |   req/s |   CPU µs/request (range) | × lower peer |  p50 µs |  p99 µs |"
    print "|------------|--------------------|----------:|-------:|--------:|-------------------------:|-------------:|--------:|--------:|"
}

{
    key = $1 SUBSEP $2
    if (!(key in rounds)) order[++keys] = key
    round = ++rounds[key]
    requests[key] += $3
    errors[key] += $4
    rate[key, round] = $5
    cpu[key, round] = $6
    p50[key, round] = $7
    p99[key, round] = $8
}

function cost(case_, peer) { return (case_, peer) in rounds && !errors[case_, peer] ? median(cpu, case_ SUBSEP peer) : 0 }

function lower_peer(case_,    haproxy, nginx) {
    haproxy = cost(case_, "haproxy")
    nginx = cost(case_, "nginx")
    return !nginx || haproxy && haproxy < nginx ? haproxy : nginx
}

function ratio(case_, proxy, used,    lower) {
    lower = lower_peer(case_)
    if (errors[case_, proxy]) return "void"
    return proxy == "direct" || !lower ? "-" : sprintf("%.2f", used / lower)
}

function known(micros) { return micros ? sprintf("%.0f", micros) : "-" }

function print_row(key,    part, used, range) {
    split(key, part, SUBSEP)
    used = median(cpu, key)
    range = sprintf("%.1f [%.1f-%.1f]", used, sorted[1], sorted[rounds[key]])
    printf layout, part[1], part[2], requests[key], errors[key], sprintf("%.0f", median(rate, key)), range, \
        ratio(part[1], part[2], used), known(median(p50, key)), known(median(p99, key))
    if (errors[key] && (part[2] !~ /^(haproxy|nginx)$/ || !lower_peer(part[1]))) void = 1
}

END {
    for (i = 1; i <= keys; i++) print_row(order[i])
    if (void) print "\nvoid: a run with errors measures nothing; the table is not a result"
    exit void
}
