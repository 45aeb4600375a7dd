# Turns findings into one Markdown table, a row per requirement and a column per proxy. Exit 1 if Evenkeel misses a bar.
# In: "finding", case, proxy, what is required, what was measured, pass | missed | -

BEGIN {
    FS = "\t"
    title["killed"] = "one of six endpoints killed"
    title["black-holed"] = "one of six black-holed"
    title["slow"] = "one of six 20 × slower, least-connections"
    title["slow-peak-ewma"] = "the same, peak-ewma"
    title["slow-round-robin"] = "the same, round-robin alone"
    title["outage"] = "full outage (reset once the request is read) and return"
    title["refused"] = "full outage (connects refused) and return"
    title["overload"] = "2 × overload"
    title["silent"] = "one accepts, reads and never answers"
    title["flap"] = "one flaps: up and down every 300 ms"
    title["resets"] = "one resets within the response head"
    title["garbage"] = "one answers with garbage"
    title["lies"] = "one announces more than it sends"
    title["busy"] = "one answers 503 with Retry-After"
}

$2 == "direct" { next }

{
    row = $2 FS $4
    if (!(row in known)) { known[row] = 1; order[++rows] = row }
    if (!($3 in column)) { column[$3] = 1 }
    cell[row, $3] = $5 ($6 == "-" ? "" : $6 == "pass" ? ": pass" : ": **missed**")
    if ($6 == "missed" && $3 == "evenkeel") missed++
}

function text(row, proxy) { return (row, proxy) in cell ? cell[row, proxy] : "–" }

END {
    names = split("evenkeel haproxy nginx", proxies, " ")
    printf "| fault | required |"
    for (i = 1; i <= names; i++) if (proxies[i] in column) printf " %s |", proxies[i]
    printf "\n|---|---|"
    for (i = 1; i <= names; i++) if (proxies[i] in column) printf "---|"
    print ""
    for (r = 1; r <= rows; r++) {
        split(order[r], key, FS)
        printf "| %s | %s |", key[1] == last ? "" : title[key[1]], key[2]
        last = key[1]
        for (i = 1; i <= names; i++) if (proxies[i] in column) printf " %s |", text(order[r], proxies[i])
        print ""
    }
    if (missed) printf "\nEvenkeel misses %d of its bars.\n", missed
    exit missed > 0
}
