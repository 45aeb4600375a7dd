# shellcheck shell=bash
# Images of this checkout and of Debian's packages. A layer is made by a script of lab/images and made again when its inputs changed;
# an image is a list of layers and a start.

images=$state/images

# make_layer NAME INPUT...: lab/images/NAME FOLDER fills the folder.
make_layer() {
    local name=$1 key
    shift
    key=$( (echo "$PATH"; find "$lab/images/$name" "$@" -type f -exec stat -L -c '%n %s %Y' {} + | sort) | sha256sum)
    [ "$(cat "$images/$name.key" 2>/dev/null)" != "$key" ] || return 0
    say "making layer $name"
    rm -rf "$images/$name.root" "$images/$name.key" && mkdir -p "$images/$name.root"
    "$lab/images/$name" "$images/$name.root" >"$images/$name.log" 2>&1 || die "layer $name cannot be made; see $images/$name.log"
    tar -C "$images/$name.root" --sort=name --owner=0 --group=0 --numeric-owner -cf "$images/$name.tar" .
    rm -rf "$images/$name.root"
    digest "$images/$name.tar" >"$images/$name.digest"
    echo "$key" >"$images/$name.key"
}

# image NAME CONFIG LAYER...
image() {
    put_image "$@" || die "image $1 cannot be published; see $run/registry.log"
}

publish_images() {
    export lab house tools images
    mkdir -p "$images"
    make_layer base "$tools/complete"
    make_layer java "${JDK_HOME:?}/release" "$house/docker/jre" "$lab/images/libraries"
    make_layer evenkeel "$images/base.key" "$images/java.key" "$house/cli/target/evenkeel.jar" "$house/cli/target/lib" "$house/docker"
    make_layer cql "$lab/images/CqlStandIn.java"
    make_layer consul "$tools/bin/consul"
    make_layer prometheus "$tools/bin/prometheus"
    make_layer haproxy "$tools/bin/haproxy"
    local path='"Env":["PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin"]'
    image evenkeel "{$path,\"User\":\"65532\",\"Entrypoint\":[\"/opt/evenkeel/bin/evenkeel\"]}" base java evenkeel
    image cql "{$path,\"User\":\"65532\",\"Entrypoint\":[\"java\",\"-Xmx16m\",\"-XX:+UseSerialGC\",\"-XX:TieredStopAtLevel=1\",\"-cp\",\"/opt/cql\",\"CqlStandIn\"]}" base java cql
    image consul "{$path,\"Entrypoint\":[\"consul\"]}" base consul
    image prometheus "{$path,\"User\":\"65534\",\"Entrypoint\":[\"prometheus\"]}" base prometheus
    image haproxy "{$path,\"Entrypoint\":[\"haproxy\",\"-f\",\"/usr/local/etc/haproxy/haproxy.cfg\"]}" base haproxy
}
