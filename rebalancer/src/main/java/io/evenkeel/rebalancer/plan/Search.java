package io.evenkeel.rebalancer.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Takes steps until none gains anything. First every service is made even by itself, then the totals: always the widest gap first, because a step across a
 * narrow one may have to be taken back.
 */
final class Search {

    /** Any gap will do. */
    private static final int ANY = Integer.MIN_VALUE;

    /** Wide gaps are closed this many at a time, so that a large cluster takes few passes. */
    private static final int STEP = 8;

    private final Draft draft;
    private final Board board;
    private final Chains chains;
    private final int[] singles;
    private final int[] groups;

    /** By node, tasks that may be moved, as the pass began and its direct moves changed it. */
    private int[] loose = {};

    /** @param held services that are not to be moved */
    Search(Draft draft, Set<Integer> held) {
        this.draft = draft;
        this.board = draft.board;
        this.singles = without(held, draft.singles);
        this.groups = without(held, draft.groups);
        this.chains = new Chains(draft, singles, groups);
    }

    private static int[] without(Set<Integer> held, int[] services) {
        return IntStream.of(services).filter(service -> !held.contains(service)).toArray();
    }

    void run() {
        widestFirst(this::evenServices);
        int before;
        do {
            before = draft.steps.size();
            widestFirst(this::evenTotals);
        } while (chains.shift() || draft.steps.size() > before);
    }

    /** Passes with a falling threshold; each tells the widest gap that it left, {@link #ANY} if none. */
    private static void widestFirst(Pass pass) {
        int gap = Integer.MAX_VALUE;
        do {
            int left = pass.run(gap);
            gap = left > STEP ? left - left / STEP : left;
        } while (gap != ANY);
    }

    private interface Pass {
        int run(int gap);
    }

    private int evenServices(int gap) {
        int left = ANY;
        for (int service : groups) {
            left = Math.max(left, rounds(service, gap, true));
            left = Math.max(left, shifts(service, gap, true));
        }
        return left;
    }

    private int evenTotals(int gap) {
        int left = ANY;
        loose = draft.movableByNode();
        for (int service : byHome()) {
            left = Math.max(left, direct(service, gap));
        }
        for (int service : groups) {
            // Above twelve tasks a round gains by chance, a shift for sure.
            left = Math.max(left, shifts(service, gap, false));
            left = Math.max(left, rounds(service, gap, false));
        }
        return left;
    }

    /** Makes rounds of a service while they close at least such a gap; the widest that is left, {@link #ANY} if none. */
    private int rounds(int service, int gap, boolean evenOnly) {
        while (true) {
            Optional<Round> round = draft.rounds.gaining(service).filter(one -> !evenOnly || one.even() < 0);
            if (round.isEmpty()) {
                return ANY;
            }
            int closes =
                    board.total(round.get().from()) - board.total(round.get().to());
            if (closes < gap) {
                return closes;
            }
            draft.make(round.get());
        }
    }

    /** The same with shifts. */
    private int shifts(int service, int gap, boolean evenOnly) {
        while (true) {
            Optional<Round> shift = draft.shifts.gaining(service).filter(one -> !evenOnly || one.even() < 0);
            if (shift.isEmpty()) {
                return ANY;
            }
            int from = shift.get().from();
            int to = shift.get().to();
            int closes = board.total(from) - board.total(to);
            if (closes < gap) {
                return closes;
            }
            draft.shift(service, from, to);
        }
    }

    /**
     * Services with one replica: first those moved before, because moving one of these again costs nothing once its two moves become one; then from the nodes
     * with the most that may be moved, so that of what closes the same gap that goes which leaves these even too.
     */
    private List<Integer> byHome() {
        return IntStream.of(singles)
                .boxed()
                .sorted(Comparator.comparing(this::unmoved).thenComparing(service -> -loose[draft.home(service)]))
                .toList();
    }

    private boolean unmoved(int service) {
        return !board.seats(service).values().iterator().next().taskId().isEmpty();
    }

    private int direct(int service, int gap) {
        int from = draft.home(service);
        int to = emptiest(service, from);
        int closes = board.total(from) - board.total(to);
        if (closes < 2 || closes < gap) {
            return closes < 2 ? ANY : closes;
        }
        draft.relocate(service, to);
        loose[from]--;
        loose[to]++;
        return ANY;
    }

    /** Of the nodes with room for a service the one with the fewest tasks, and of equals the one with the fewest that may be moved; {@code from} if there is none. */
    private int emptiest(int service, int from) {
        int emptiest = from;
        for (int node = 0; node < board.nodes.size(); node++) {
            if (emptier(node, emptiest) && board.room(service, node)) {
                emptiest = node;
            }
        }
        return emptiest;
    }

    private boolean emptier(int node, int than) {
        int more = board.total(than) - board.total(node);
        return more > 0 || (more == 0 && loose[node] < loose[than]);
    }
}
