# shellcheck shell=bash disable=SC2034 # what the other parts share
state=${EVENKEEL_LAB_DIR:-/var/tmp/evenkeel-lab} # downloads and images, kept
run=$state/run                                   # what lives while the lab is up
tools=$state/tools
prefix=evl
bridge=${prefix}0
bridge_address=10.99.0.254
registry=$bridge_address:5000
nodes=(n1 n2 n3)
all_nodes=(n1 n2 n3 n4)
stack=evenkeel
export DOCKER_CONFIG=$run/docker-cli

address() {
    echo "10.99.0.${1#n}"
}

namespace() {
    echo "$prefix-$1"
}
