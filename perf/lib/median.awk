# Medians over rounds, for the tables. rounds[key] says how many values values[key, 1..n] there are.

# Sorts values[key, 1..n] into sorted[1..n].
function sort(values, key, n,    i, j, value) {
    for (i = 1; i <= n; i++) {
        value = values[key, i] + 0
        for (j = i - 1; j >= 1 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = value
    }
}

function median(values, key,    n) {
    n = rounds[key]
    sort(values, key, n)
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
