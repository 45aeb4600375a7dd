# Processes of a measurement: started in the background, known by pid, ended on every way out.

started=()      # pids, in order of start
scratch=        # folder to remove at the end

say() { echo "perf: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

# start LOG CORES COMMAND... runs the command pinned to the cores and leaves its pid in $pid.
start() {
    local log=$1 cores=$2
    shift 2
    taskset -c "$cores" "$@" >"$log" 2>&1 </dev/null 9>&- &
    pid=$!
    started+=("$pid")
}

# forget PID takes a process that has ended off the list of those to end.
forget() {
    local others=() other
    for other in "${started[@]}"; do [[ $other == "$1" ]] || others+=("$other"); done
    started=("${others[@]}")
}

# stop PID asks a process to end, and after 10 s makes it.
stop() {
    local tries=0
    kill -TERM "$1" 2>/dev/null || :
    while kill -0 "$1" 2>/dev/null && ((tries++ < 100)); do sleep 0.1; done
    kill -KILL "$1" 2>/dev/null || :
    wait "$1" 2>/dev/null || :
    forget "$1"
}

# finish PID waits for a process to end by itself, and returns its status.
finish() {
    local status=0
    wait "$1" || status=$?
    forget "$1"
    return "$status"
}

# Runs on every exit: everything started ends, the scratch folder goes.
clean_up() {
    local status=$? each
    trap - EXIT
    trap '' INT TERM
    for each in "${started[@]}"; do kill -TERM "$each" 2>/dev/null || :; done
    while ((${#started[@]})); do stop "${started[0]}"; done
    [[ -z $scratch ]] || rm -rf "$scratch"
    exit "$status"
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Prints the pids of a process and of all its descendants.
tree() {
    local children child
    echo "$1"
    children=$(cat "/proc/$1/task/"*/children 2>/dev/null) || :
    for child in $children; do tree "$child"; done
}

# Prints the CPU time of a process tree in ticks (getconf CLK_TCK): user and system, all threads, ended ones too.
cpu_ticks() {
    local member line fields total=0
    for member in $(tree "$1"); do
        line=$(cat "/proc/$member/stat" 2>/dev/null) || continue
        read -ra fields <<<"${line##*) }"
        total=$((total + fields[11] + fields[12]))
    done
    echo "$total"
}

# Prints the resident memory of a process tree in KiB.
rss_kib() {
    local member
    for member in $(tree "$1"); do cat "/proc/$member/status" 2>/dev/null || :; done |
        awk '/^VmRSS:/ { total += $2 } END { print total + 0 }'
}

# Prints the busy ticks of one core since boot: everything but idle and waiting for I/O.
core_ticks() { awk -v core="cpu$1" '$1 == core { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; }

# Prints a TCP port below the ephemeral range that nobody listens on.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

millis() {
    local now=$EPOCHREALTIME
    echo $((${now/[.,]/} / 1000))
}
