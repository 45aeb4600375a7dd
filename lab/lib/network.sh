# shellcheck shell=bash
# A bridge, and for each node a network namespace with a cable to it. The cable's host end is called like the node.

make_bridge() {
    ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" address 02:00:0a:63:00:fe type bridge
    ip addr replace "$bridge_address/24" dev "$bridge"
    ip link set "$bridge" up
    bridge_without_iptables
}

# Else the host's packet filter would see, and may drop, what passes between nodes.
bridge_without_iptables() {
    local knob=/proc/sys/net/bridge/bridge-nf-call-iptables
    [ -e "$knob" ] || return 0
    [ -e "$run/bridge-nf" ] || cat "$knob" >"$run/bridge-nf"
    echo 0 >"$knob"
}

# Engines pass on names that they do not know. Here nobody knows them, and says so at once.
start_dns() {
    ! populated dns || return 0
    in_cgroup dns "$tools/bin/dnsmasq" --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --local=/#/ --pid-file= --user=root \
        --listen-address="$bridge_address" --bind-interfaces --log-facility=- >>"$run/dns.log" 2>&1
    watch='' hint=$run/dns.log await 5 "the name server" populated dns
}

cable() {
    echo "$prefix-$1"
}

make_namespace() {
    local name
    name=$(namespace "$1")
    ip netns add "$name"
    ip link add "$(cable "$1")" type veth peer name eth0 address "02:00:0a:63:00:0${1#n}" netns "$name"
    ip link set "$(cable "$1")" master "$bridge" up
    ip -n "$name" addr add "$(address "$1")/24" dev eth0
    ip -n "$name" link set lo up
    ip -n "$name" link set eth0 up
    ip -n "$name" route add default via "$bridge_address"
}

remove_namespace() {
    ip link del "$(cable "$1")" 2>/dev/null || :
    [ ! -e "/run/netns/$(namespace "$1")" ] || ip netns del "$(namespace "$1")"
}

remove_network() {
    local node
    for node in "${all_nodes[@]}"; do
        remove_namespace "$node"
    done
    ip link del "$bridge" 2>/dev/null || :
    [ ! -e "$run/bridge-nf" ] || cat "$run/bridge-nf" >/proc/sys/net/bridge/bridge-nf-call-iptables
}
