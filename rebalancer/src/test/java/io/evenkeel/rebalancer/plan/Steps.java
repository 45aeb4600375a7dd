package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes moves come out as they were planned. */
final class Steps {

    private Steps() {}

    /** The cluster after a plan, if chance is on its side. */
    static Mover after(Cluster cluster, Plan plan) {
        Mover mover = new Mover(cluster);
        for (Move move : plan.moves()) {
            mover.move(
                    move.method(),
                    mover.simulation.service(move),
                    mover.simulation.node(move.from()),
                    mover.simulation.node(move.to()));
        }
        return mover;
    }

    static final class Mover {

        final Simulation simulation;

        Mover(Cluster cluster) {
            simulation = new Simulation(cluster, new Random(0));
        }

        Cluster cluster() {
            return simulation.cluster();
        }

        void move(Method method, int service, int from, int to) {
            if (method == Method.SHIFT) {
                shift(service, from, to);
            } else {
                move(service, from, to);
            }
        }

        /** Swarm may choose that node. */
        private void shift(int service, int from, int to) {
            int[] choice = new Scheduler(simulation.board).placementsOff(service, from);
            if (IntStream.of(choice).noneMatch(node -> node == to)) {
                throw new IllegalStateException("service " + service + " does not go from " + from + " to " + to);
            }
            simulation.replace(service, from, to);
        }

        private void move(int service, int from, int to) {
            Board board = simulation.board;
            boolean surge = board.seats(service).size() > 1
                    && board.services.get(service).swap() == Swap.SURGE;
            if (surge) {
                board.add(service, to);
            }
            remove(service, from);
            if (!surge) {
                board.add(service, to);
            }
        }

        private void remove(int service, int from) {
            Board board = simulation.board;
            List<Integer> slots = new ArrayList<>(new Scheduler(board).removals(service));
            slots.removeIf(slot -> board.seat(service, slot).node() != from);
            board.remove(service, slots.get(0));
        }
    }
}
