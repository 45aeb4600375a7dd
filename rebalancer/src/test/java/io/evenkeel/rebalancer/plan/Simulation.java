package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A Swarm that does what it is told, and rolls dice where Swarm does. */
final class Simulation {

    final Board board;
    private final Scheduler scheduler;
    private final List<Node> nodes;
    private final Random random;

    Simulation(Cluster cluster, Random random) {
        board = new Board(cluster);
        scheduler = new Scheduler(board);
        nodes = cluster.nodes();
        this.random = random;
    }

    /** Does what the first move of a plan asks for; chance decides the rest. */
    void obey(Move move) {
        int service = service(move);
        if (move.method() == Method.SURGE) {
            place(service);
            takeAway(service);
        } else if (move.method() == Method.HANDOFF) {
            takeAway(service);
            start(move, service);
        } else if (move.method() == Method.SHIFT) {
            shift(service, node(move.from()));
        } else {
            int old = board.seats(service).firstKey();
            start(move, service);
            board.remove(service, old);
        }
    }

    /** The new task, in the slot of the old one, goes anywhere but where that is, which counts meanwhile. */
    private void shift(int service, int from) {
        int[] choice = scheduler.placementsOff(service, from);
        replace(service, from, choice[random.nextInt(choice.length)]);
    }

    /** Puts the only task of a service on a node elsewhere. */
    void replace(int service, int from, int to) {
        List<Integer> slots = board.seats(service).keySet().stream()
                .filter(slot -> board.seat(service, slot).node() == from)
                .toList();
        if (slots.size() != 1 || from == to || !board.room(service, to)) {
            throw new IllegalStateException(slots + " of " + service + " from " + from + " to " + to);
        }
        board.remove(service, slots.get(0));
        board.put(service, slots.get(0), Seat.planned(to));
    }

    private void start(Move move, int service) {
        if (move.pinned()) {
            board.add(service, node(move.to()));
        } else {
            place(service);
        }
    }

    /** {@code docker service update --force}, one task after the other, stopping the old one first. */
    void force(int service) {
        for (int slot : List.copyOf(board.seats(service).keySet())) {
            Seat seat = board.remove(service, slot);
            int[] choice = scheduler.placements(service);
            int node = choice.length == 0 ? seat.node() : choice[random.nextInt(choice.length)];
            board.put(service, slot, Seat.planned(node));
        }
    }

    private void place(int service) {
        int[] choice = scheduler.placements(service);
        board.add(service, choice[random.nextInt(choice.length)]);
    }

    private void takeAway(int service) {
        List<Integer> choice = scheduler.removals(service);
        board.remove(service, choice.get(random.nextInt(choice.size())));
    }

    int service(Move move) {
        return IntStream.range(0, board.services.size())
                .filter(one -> board.services.get(one).id().equals(move.serviceId()))
                .findFirst()
                .orElseThrow();
    }

    int node(String id) {
        return IntStream.range(0, nodes.size())
                .filter(one -> nodes.get(one).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** As it is now. */
    Cluster cluster() {
        List<Task> tasks = new ArrayList<>();
        for (int service = 0; service < board.services.size(); service++) {
            String id = board.services.get(service).id();
            board.seats(service)
                    .forEach((slot, seat) -> tasks.add(
                            new Task(id + "." + slot, id, nodes.get(seat.node()).id(), slot, true)));
        }
        return new Cluster(nodes, board.services, tasks);
    }
}
