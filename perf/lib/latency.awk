# Turns rows of the constant-rate client into one Markdown table: medians over the rounds, and what each proxy added to direct.
# In: proxy, requests, errors, p50, p99, p99.9 and maximum in µs. Exit 1 if any row is void. Needs median.awk.

BEGIN {
    FS = "\t"
    layout = "| %-18s | %9s | %6s | %7s | %7s | %8s | %9s | %9s | %11s |\n"
    print "| proxy              |  requests | errors |  p50 µs |  p99 µs | p99.9 µs | added p50 | added p99 | added p99.9 |"
    print "|--------------------|----------:|-------:|--------:|--------:|---------:|----------:|----------:|------------:|"
}

NF == 7 {
    if (!($1 in rounds)) order[++keys] = $1
    round = ++rounds[$1]
    requests[$1] += $2
    errors[$1] += $3
    p50[$1, round] = $4
    p99[$1, round] = $5
    p999[$1, round] = $6
}

function whole(micros) { return sprintf("%.0f", micros) }

function added(values, proxy) { return proxy == "direct" ? "-" : whole(median(values, proxy) - median(values, "direct")) }

function print_row(proxy) {
    printf layout, proxy, requests[proxy], errors[proxy], whole(median(p50, proxy)), whole(median(p99, proxy)), whole(median(p999, proxy)), \
        added(p50, proxy), added(p99, proxy), added(p999, proxy)
    if (errors[proxy]) void = 1
}

END {
    for (i = 1; i <= keys; i++) print_row(order[i])
    if (void) print "\nvoid: a run with errors measures nothing; the table is not a result"
    exit void
}
