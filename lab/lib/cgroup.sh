# shellcheck shell=bash
# Every process of a node is in one cgroup (v2), whatever it forked: that is how a node is killed, paused and cleaned up.

unified() {
    if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
        echo /sys/fs/cgroup
    elif [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then
        echo /sys/fs/cgroup/unified
    else
        die "no cgroup2 is mounted in /sys/fs/cgroup"
    fi
}

# The cgroup of a node, or of what else the lab runs.
cgroup() {
    echo "$(unified)/$prefix/$1"
}

# in_cgroup NAME COMMAND...: in the background, in a session of its own.
in_cgroup() {
    local group
    group=$(cgroup "$1")/engine
    mkdir -p "$group"
    # shellcheck disable=SC2016 # for the shell inside
    setsid bash -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$group" "${@:2}" </dev/null &
    disown # so that nobody is told when it is killed
}

populated() {
    [ -e "$(cgroup "$1")/cgroup.events" ] && grep -q '^populated 1' "$(cgroup "$1")/cgroup.events"
}

unpopulated() {
    ! populated "$1"
}

freeze() {
    echo 1 >"$(cgroup "$1")/cgroup.freeze"
}

thaw() {
    echo 0 >"$(cgroup "$1")/cgroup.freeze"
}

# SIGKILL to all, a frozen one too, and until they are gone.
kill_cgroup() {
    populated "$1" || return 0
    echo 1 >"$(cgroup "$1")/cgroup.kill"
    hint='' await 20 "the end of all processes of $1" unpopulated "$1"
}

# remove_cgroups [NAME]: those that the lab and its engines made, in every hierarchy; with a name no others.
remove_cgroups() {
    local hierarchy group=$prefix${1:+/$1}
    for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [ ! -d "$hierarchy/$group" ] || find "$hierarchy/$group" -depth -type d -exec rmdir {} + 2>/dev/null || :
        rmdir "$hierarchy/$prefix" 2>/dev/null || : # if there was nothing else in it
    done
}
