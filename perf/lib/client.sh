# The load of our own (perf/load): built when its sources are newer, run as one Java process on the load's cores.

client_folder=$here/load/target

build_client() {
    local newer
    newer=$(find "$here/load/src/main" "$here/load/pom.xml" -newer "$client_folder/lib" 2>/dev/null | head -n 1) || :
    [[ ! -d $client_folder/lib || -n $newer ]] || return 0
    say "building perf/load"
    local house=${here%/*} maven
    maven=$(command -v mvn || echo "$house/mvnw")
    (cd "$house" && "$maven" -q -B -ntp -pl perf/load -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2 ||
        fail "perf/load does not build"
    touch "$client_folder/lib"
}

# start_client LOG CLASS ARGUMENT... A timer slack of 1 ns lets it keep its times: Linux would add up to 50 µs.
start_client() {
    local log=$1 class=$2
    shift 2
    # shellcheck disable=SC2016 # expanded by the inner shell
    start "$log" "$load_cores" bash -c 'echo 1 2>/dev/null >"/proc/$$/timerslack_ns"; exec "$@"' - \
        java -XX:+UseSerialGC -Xms512m -Xmx512m -cp "$client_folder/classes:$client_folder/lib/*" "io.evenkeel.perf.load.$class" "$@"
}
