# shellcheck shell=bash
# The Dockerfile, built and run on an engine of its own. No registry is asked: its base images are made of Debian's packages and of the JDK that is here.

builder=$state/builder

try_dockerfile() {
    need_root
    mkdir -p "$builder"
    bring_tools
    stop_builder
    trap stop_builder EXIT
    in_cgroup builder unshare -m -u --propagation private "$lab/lib/engine-main" builder "$builder" "$prefix" \
        --bridge none --iptables=false >>"$builder/engine.log" 2>&1
    watch='' hint='' await 5 "a process of the builder" populated builder
    watch=builder hint=$builder/engine.log await 60 "the engine" builder_docker version
    say "making base images"
    make_bases >"$builder/bases.log" 2>&1 || die "base images cannot be made; see $builder/bases.log"
    say "building the image"
    builder_docker build --network host -t evenkeel/evenkeel "$house" >"$builder/build.log" 2>&1 || die "the Dockerfile cannot be built; see $builder/build.log"
    say "running it"
    run_image
    say "the image is well: $(builder_docker image inspect -f '{{.Size}}' evenkeel/evenkeel) bytes on its stand-in for Debian"
}

stop_builder() {
    kill_cgroup builder
    remove_cgroups builder
    rm -rf "$builder/data" "$builder/jdk"
}

builder_docker() {
    DOCKER_HOST=unix://$builder/docker.sock docker "$@"
}

make_bases() {
    [ -d "$builder/debian" ] || make_debian || return 1
    tar -C "$builder/debian" --numeric-owner -c . | builder_docker import - debian:12-slim || return 1
    mkdir -p "$builder/jdk"
    tar -C "${JDK_HOME:?}" --exclude=src.zip -ch . | tar -C "$builder/jdk" -x || return 1
    printf 'FROM debian:12-slim\nCOPY . /opt/java/openjdk\nENV JAVA_HOME=/opt/java/openjdk\n' | builder_docker build -t eclipse-temurin:17-jdk -f - "$builder/jdk"
}

make_debian() {
    local path=/usr/sbin:/usr/bin:/sbin:/bin
    rm -rf "$builder"/debootstrap* "$builder/debian.part"
    (cd "$builder" && apt-get download -q debootstrap && dpkg -x debootstrap_*.deb debootstrap) || return 1
    env -u LD_LIBRARY_PATH PATH=$path DEBOOTSTRAP_DIR="$builder/debootstrap/usr/share/debootstrap" \
        sh "$builder/debootstrap/usr/sbin/debootstrap" --variant=minbase bookworm "$builder/debian.part" http://deb.debian.org/debian || return 1
    mv "$builder/debian.part" "$builder/debian"
}

# A router with a read-only root and no rights, a VVM beside it, a request through both, and an orderly end.
run_image() {
    local harden=(--read-only --tmpfs /tmp --cap-drop ALL --memory 384m)
    mkdir -p "$builder/config"
    cat >"$builder/config/evenkeel.yaml" <<'END'
listeners:
  - { name: web, address: "127.0.0.1:8080" }
routes:
  - { match: { path-prefix: / }, upstream: vvm }
upstreams:
  - { name: vvm, endpoints: [ static: ["127.0.0.1:8822"] ] }
END
    builder_docker rm -f router vvm >/dev/null 2>&1 || :
    builder_docker run -d --name router --network none "${harden[@]}" -v "$builder/config:/etc/evenkeel:ro" evenkeel/evenkeel >/dev/null
    builder_docker run -d --name vvm --network container:router "${harden[@]}" evenkeel/evenkeel vvm --port 8822 >/dev/null
    (hint='' await 60 "a healthy router" router_is_healthy) || { builder_docker logs router >&2 && exit 1; }
    hint='' await 20 "an answer through the router" router_passes_on
    builder_docker stop router >/dev/null
    [ "$(builder_docker inspect -f '{{.State.ExitCode}}' router)" = 0 ] || die "the router did not end with 0"
}

router_is_healthy() {
    [ "$(builder_docker inspect -f '{{.State.Health.Status}}' router)" = healthy ]
}

router_passes_on() {
    [ "$(builder_docker exec router wget -q -O - http://127.0.0.1:8080/api/check)" = ok ]
}
