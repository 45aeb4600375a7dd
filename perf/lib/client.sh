# The loads of our own (perf/load, perf/faults): built when their sources are newer, run as one Java process on the load's cores.

# build_client [MODULE], load by default
build_client() {
    local module=${1:-load} newer
    local target=$here/$module/target
    newer=$(find "$here/load/src/main" "$here/$module/src/main" "$here/$module/pom.xml" -newer "$target/lib" 2>/dev/null | head -n 1) || :
    [[ ! -d $target/lib || -n $newer ]] || return 0
    say "building perf/$module"
    local house=${here%/*} maven
    maven=$(command -v mvn || echo "$house/mvnw")
    (cd "$house" && "$maven" -q -B -ntp -pl "perf/$module" -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2 ||
        fail "perf/$module does not build"
    touch "$target/lib"
}

# start_client LOG MODULE CLASS ARGUMENT... A timer slack of 1 ns lets it keep its times: Linux would add up to 50 µs.
start_client() {
    local log=$1 module=$2 class=$3
    shift 3
    # shellcheck disable=SC2016 # expanded by the inner shell
    start "$log" "$load_cores" bash -c 'echo 1 2>/dev/null >"/proc/$$/timerslack_ns"; exec "$@"' - \
        java -XX:+UseSerialGC -Dio.netty.leakDetection.level=disabled -Xms512m -Xmx1g -cp "$here/$module/target/classes:$here/$module/target/lib/*" "io.evenkeel.perf.$module.$class" "$@"
}
