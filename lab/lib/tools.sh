# shellcheck shell=bash
# Engines, registry and what the images are made of, from Debian's packages, unpacked into $tools; nothing is installed.

packages=(docker.io tini containerd runc docker-registry iptables libip4tc2 libip6tc2 libnfnetlink0 libnetfilter-conntrack3 libnftnl11
    libxtables12 libmnl0 libnftables1 libdevmapper1.02.1 libseccomp2 busybox-static haproxy liblua5.3-0 libopentracing1
    libopentracing-c-wrapper0 prometheus dnsmasq-base libdbus-1-3 libgmp10 libhogweed6 libidn2-0 libnettle8)

need_tools() {
    [ -e "$tools/complete" ] || die "there is no lab yet: ./evenkeel lab up"
    export PATH=$tools/bin:$PATH LD_LIBRARY_PATH=$tools/lib XTABLES_LIBDIR=$tools/lib/xtables
}

bring_tools() {
    [ "$(cat "$tools/complete" 2>/dev/null)" = "${packages[*]}" ] || unpack_tools >"$state/tools.log" 2>&1 || die "tools cannot be had; see $state/tools.log"
    need_tools
}

unpack_tools() {
    rm -rf "$tools" && mkdir -p "$tools/packages" "$tools/bin"
    (cd "$tools/packages" && { apt-get download -q "${packages[@]}" || { apt-get update -q && apt-get download -q "${packages[@]}"; }; }) || return 1
    local package
    for package in "$tools"/packages/*.deb; do
        dpkg -x "$package" "$tools/root" || return 1
    done
    rm -r "$tools/packages"
    local folder
    for folder in "$tools"/root/{usr/bin,usr/sbin,bin}; do
        cp -al --remove-destination "$folder/." "$tools/bin" || return 1
    done
    mkdir -p "$tools/lib"
    for folder in "$tools"/root/{usr/lib,lib}/*-linux-gnu; do
        cp -al "$folder/." "$tools/lib" || return 1
    done
    ln -sf xtables-nft-multi "$tools/bin/iptables" && ln -sf xtables-nft-multi "$tools/bin/ip6tables" || return 1
    ln -sf tini-static "$tools/bin/docker-init" && bring_consul || return 1
    echo "${packages[*]}" >"$tools/complete"
}

# .ci/tools knows how; what it brought for the tests is taken where it is there already.
bring_consul() {
    local theirs=$house/cli/target/tools/consul
    [ -x "$theirs" ] || theirs=$(command -v consul) || { "$house/.ci/tools" "$tools/ci" consul && theirs=$tools/ci/consul; } || return 1
    cp "$theirs" "$tools/bin/consul"
}
