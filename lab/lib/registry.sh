# shellcheck shell=bash
# A registry on the bridge, and what it is given: layers as plain tar files, which engines take in faster than compressed ones.

start_registry() {
    ! populated registry || return 0
    mkdir -p "$state/registry"
    cat >"$run/registry.yml" <<END
version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: $state/registry } }
http: { addr: $registry }
END
    in_cgroup registry "$tools/bin/docker-registry" serve "$run/registry.yml" >>"$run/registry.log" 2>&1
    await 5 "a process of the registry" populated registry
    watch=registry hint=$run/registry.log await 20 "the registry" curl -sf "http://$registry/v2/"
}

digest() {
    sha256sum "$1" | cut -d ' ' -f 1
}

# put_blob REPOSITORY FILE DIGEST
put_blob() {
    local url place
    url=http://$registry/v2/$1/blobs
    ! curl -sfI -o /dev/null "$url/sha256:$3" || return 0
    place=$(curl -sf -X POST -o /dev/null -w '%header{location}' "$url/uploads/") || return 1
    curl -sf -T "$2" -H 'Content-Type: application/octet-stream' "$place&digest=sha256:$3"
}

# put_image NAME CONFIG LAYER...: a manifest of what lies in $images; layers by name.
put_image() {
    local name=$1 settings=$2 layer sum ids='' list='' config=$images/$1.config.json manifest=$images/$1.manifest.json
    shift 2
    for layer in "$@"; do
        sum=$(cat "$images/$layer.digest")
        put_blob "$name" "$images/$layer.tar" "$sum" || return 1
        ids+=",\"sha256:$sum\""
        list+=",$(describe tar "$images/$layer.tar" "$sum" image.rootfs.diff)"
    done
    echo "{\"architecture\":\"$(architecture)\",\"os\":\"linux\",\"config\":$settings,\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[${ids#,}]}}" >"$config"
    sum=$(digest "$config")
    put_blob "$name" "$config" "$sum" || return 1
    echo "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"config\":$(describe json "$config" "$sum" container.image.v1),\"layers\":[${list#,}]}" >"$manifest"
    curl -sf -o /dev/null -T "$manifest" -H 'Content-Type: application/vnd.docker.distribution.manifest.v2+json' "http://$registry/v2/$name/manifests/lab"
}

# describe FORM FILE DIGEST TYPE
describe() {
    local type=application/vnd.docker.$4
    [ "$1" = tar ] && type+=.tar || type+=+json
    echo "{\"mediaType\":\"$type\",\"size\":$(stat -c %s "$2"),\"digest\":\"sha256:$3\"}"
}

architecture() {
    case $(uname -m) in
        aarch64) echo arm64 ;;
        *) echo amd64 ;;
    esac
}
