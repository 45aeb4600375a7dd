package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for a draft that comes as far with fewer steps, or further, by doing without a step, by holding a service as long as the others can do
 * without it, or by moving it elsewhere first.
 * Only for plans that a person would read: what it costs grows with the square of their length.
 */
final class Shorter {

    /** Steps; a longer plan stays as it was found. */
    private static final int LONGEST = 24;

    /** Services times nodes; the same. */
    private static final int LARGEST = 4096;

    /** Nodes that are tried as the first to move to. */
    private static final int FEW_NODES = 16;

    private final Draft start;

    Shorter(Cluster cluster) {
        this.start = new Draft(cluster);
    }

    /** A draft that is done. */
    Draft search() {
        Draft best = attempt(Set.of());
        Optional<Draft> better = Optional.of(best);
        while (better.isPresent()) {
            best = better.get();
            better = worthIt(best) ? better(best) : Optional.empty();
        }
        return best;
    }

    private boolean worthIt(Draft draft) {
        int steps = draft.steps.size();
        int size = start.board.services.size() * start.board.nodes.size();
        return steps > 1 && steps <= LONGEST && size <= LARGEST && steps > needed(draft.board);
    }

    /** No fewer steps lead to these totals. */
    private int needed(Board end) {
        return IntStream.range(0, start.board.nodes.size())
                .map(node -> Math.max(0, start.board.total(node) - end.total(node)))
                .sum();
    }

    private Optional<Draft> better(Draft best) {
        return IntStream.range(0, best.steps.size())
                .boxed()
                .flatMap(step -> others(best.steps, step))
                .filter(other -> better(other, best))
                .findFirst();
    }

    private Stream<Draft> others(List<Step> steps, int step) {
        int service = steps.get(step).service();
        Stream<Supplier<Draft>> first = Stream.of(() -> without(steps, step), () -> attempt(Set.of(service)));
        Stream<Supplier<Draft>> elsewhere = IntStream.range(0, Math.min(start.board.nodes.size(), FEW_NODES))
                .mapToObj(node -> () -> startingWith(service, node));
        return Stream.concat(first, elsewhere).map(Supplier::get);
    }

    private Draft startingWith(int service, int node) {
        Draft draft = start.anew();
        if (IntStream.of(draft.singles).anyMatch(single -> single == service)
                && draft.home(service) != node
                && draft.board.room(service, node)) {
            draft.relocate(service, node);
        }
        draft.shifts
                .off(service, node)
                .filter(shift -> IntStream.of(draft.groups).anyMatch(group -> group == service))
                .ifPresent(shift -> draft.shift(service, node, shift.to()));
        new Search(draft, Set.of()).run();
        return draft;
    }

    private Draft attempt(Set<Integer> held) {
        Draft draft = start.anew();
        if (!held.isEmpty()) {
            new Search(draft, held).run();
        }
        new Search(draft, Set.of()).run();
        return draft;
    }

    /** The same steps but one, as far as that goes, and then what is still to gain. */
    private Draft without(List<Step> steps, int left) {
        List<Step> others = new ArrayList<>(steps);
        others.remove(left);
        Draft draft = start.anew();
        Set<Integer> singles =
                new HashSet<>(Arrays.stream(draft.singles).boxed().toList());
        others.forEach(step -> repeat(draft, step, singles.contains(step.service())));
        new Search(draft, Set.of()).run();
        return draft;
    }

    private static void repeat(Draft draft, Step step, boolean single) {
        if (step.method() == Method.SHIFT) {
            repeatShift(draft, step);
        } else if (!single) {
            draft.rounds
                    .gaining(step.service())
                    .filter(round -> round.from() == step.from() && round.to() == step.to())
                    .ifPresent(draft::make);
        } else if (draft.home(step.service()) != step.to() && draft.board.room(step.service(), step.to())) {
            draft.relocate(step.service(), step.to());
        }
    }

    private static void repeatShift(Draft draft, Step step) {
        boolean same = draft.shifts.off(step.service(), step.from()).isPresent()
                && IntStream.of(draft.scheduler.placementsOff(step.service(), step.from()))
                        .anyMatch(node -> node == step.to());
        if (same) {
            draft.shift(step.service(), step.from(), step.to());
        }
    }

    private static boolean better(Draft one, Draft other) {
        return Arrays.compare(order(one), order(other)) < 0;
    }

    /** By level of spread preferences, by node, by all tasks; then the steps. */
    private static long[] order(Draft draft) {
        long[] order = Arrays.copyOf(draft.board.unevenness(), draft.board.unevenness().length + 1);
        order[order.length - 1] = draft.steps.size();
        return order;
    }
}
