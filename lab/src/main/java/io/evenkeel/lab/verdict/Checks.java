package io.evenkeel.lab.verdict;

import io.evenkeel.lab.record.Outcome;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What drills ask of a recording. Stateless: each is a function of what was recorded. */
public final class Checks {

    private static final Pattern PATIENCE = Pattern.compile("must stay as it is for (\\d+) s");

    /** The longest that samples may be apart: a cluster without a leader is not seen, and changes nothing. */
    private static final long GAP_MILLIS = 60_000;

    private Checks() {}

    /** The last that was seen of these services is even. */
    public static Check even(Recording recording, Set<String> services, String shape) {
        return recording
                .latest()
                .map(last -> new Check(
                        "the cluster is even",
                        last.even(services) && last.shape(services).equals(shape),
                        last.shape(services) + " (must be " + shape + ")"))
                .orElse(new Check("the cluster is even", false, "it was not seen"));
    }

    /** So many tasks were started, so so many were moved, and not one more. */
    public static Check moved(Recording recording, Set<String> services, Span span, int tasks) {
        Set<String> before = new HashSet<>();
        Set<String> during = new HashSet<>();
        for (Snapshot snapshot : recording.snapshots()) {
            Set<String> into = snapshot.at() < span.from() ? before : during;
            if (snapshot.at() <= span.to()) {
                snapshot.tasks().stream()
                        .filter(task -> services.contains(task.service()))
                        .map(Snapshot.Task::id)
                        .forEach(into::add);
            }
        }
        during.removeAll(before);
        return new Check(
                "the fewest tasks are moved",
                during.size() == tasks,
                during.size() + " started since the recovery (must be " + tasks + ")");
    }

    /** Never fewer tasks run than that. */
    public static Check neverBelow(Recording recording, Set<String> services, Span span, int tasks) {
        List<Snapshot> seen = recording.snapshots().stream()
                .filter(snapshot -> span.has(snapshot.at()))
                .toList();
        int least = seen.stream()
                .mapToInt(snapshot -> snapshot.count(services))
                .min()
                .orElse(0);
        long gap = longestGap(seen);
        return new Check(
                "never fewer than " + tasks + " tasks run" + during(span),
                !seen.isEmpty() && least >= tasks && gap <= GAP_MILLIS,
                "least " + least + ", seen " + seen.size() + " times, at most " + gap + " ms apart");
    }

    private static long longestGap(List<Snapshot> seen) {
        long longest = 0;
        for (int i = 1; i < seen.size(); i++) {
            longest = Math.max(longest, seen.get(i).at() - seen.get(i - 1).at());
        }
        return longest;
    }

    /** Every request that was due in the span was answered as it should be. */
    public static Check allAnswered(Recording recording, String when, Span span) {
        List<Outcome> due = due(recording, span);
        Map<String, Long> failures = failures(due);
        return new Check(
                "no request fails " + when,
                !due.isEmpty() && failures.isEmpty(),
                due.size() + " requests in " + seconds(span.seconds()) + ", failed: "
                        + (failures.isEmpty() ? "0" : failures.toString()));
    }

    /**
     * When a node fails only requests that are under way then, or are due within a short while, may fail.
     *
     * @param failure from the failure to the recovery
     * @param millis how long after the failure requests may fail
     */
    public static Check failuresNear(Recording recording, Span failure, long millis) {
        List<Outcome> touched = recording.outcomes().stream()
                .filter(outcome -> outcome.ended() >= failure.from() && outcome.due() < failure.to())
                .toList();
        List<Outcome> late = touched.stream()
                .filter(outcome -> outcome.due() > failure.from() + millis)
                .toList();
        List<Outcome> near = touched.stream()
                .filter(outcome -> outcome.due() <= failure.from() + millis)
                .toList();
        return new Check(
                "of requests during the failure only those fail that were under way or due within " + millis + " ms",
                !late.isEmpty() && failures(late).isEmpty(),
                "then " + sum(near) + " of " + near.size() + " failed " + failures(near) + ", later " + sum(late)
                        + " of " + late.size() + " " + failures(late));
    }

    private static List<Outcome> due(Recording recording, Span span) {
        return recording.outcomes().stream()
                .filter(outcome -> span.has(outcome.due()))
                .toList();
    }

    private static long sum(List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> !outcome.good()).count();
    }

    private static Map<String, Long> failures(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.good())
                .collect(Collectors.groupingBy(
                        outcome -> outcome.kind() + " " + outcome.failure(), TreeMap::new, Collectors.counting()));
    }

    /**
     * It does not take long until all is even again, once both Swarm and Consul take all nodes for well: that is when the rebalancer begins to wait whether they
     * stay so.
     *
     * @param recovery until all was even
     * @param ready when all nodes were ready for Swarm for good
     * @param most beyond what the rebalancer says that it waits, s
     */
    public static Check swift(Recording recording, Span recovery, long ready, int most) {
        long well = recovery.from();
        boolean waiting = false;
        for (View view : recording.views()) {
            if (recovery.has(view.at()) && view.active() && view.step().isEmpty()) {
                boolean waits = PATIENCE.matcher(view.reason()).find();
                well = waits && !waiting ? view.at() : well;
                waiting = waits;
            }
        }
        int patience = patience(recording, new Span(well, recovery.to()));
        double all = new Span(well, recovery.to()).seconds();
        return new Check(
                "even again within " + most + " s beyond the wait for stable nodes",
                all - patience <= most,
                seconds(all) + " after all nodes were well for Swarm and Consul, of which the wait is " + patience
                        + " s; " + seconds(new Span(ready, recovery.to()).seconds())
                        + " after they were ready for Swarm, "
                        + seconds(recovery.seconds()) + " after the recovery");
    }

    private static int patience(Recording recording, Span span) {
        int most = 0;
        for (View view : recording.views()) {
            Matcher said = PATIENCE.matcher(view.reason());
            if (span.has(view.at()) && said.find()) {
                most = Math.max(most, Integer.parseInt(said.group(1)));
            }
        }
        return most;
    }

    /** Nothing is changed and nothing is planned: a second run finds nothing to do. */
    public static Check quiet(Recording recording, Set<String> services, Span span) {
        Set<String> versions = new HashSet<>();
        for (Snapshot snapshot : recording.snapshots()) {
            if (span.has(snapshot.at())) {
                snapshot.services().forEach((name, service) -> {
                    if (services.contains(name)) {
                        versions.add(name + " " + service.version());
                    }
                });
            }
        }
        List<View> said = recording.views().stream()
                .filter(view -> span.has(view.at()) && view.active())
                .toList();
        int planned = said.stream().mapToInt(View::planned).max().orElse(-1);
        boolean idle = said.stream().allMatch(view -> view.step().isEmpty());
        return new Check(
                "then there is nothing left to do" + during(span),
                versions.size() == services.size() && planned == 0 && idle,
                versions.size() - services.size() + " changes of services, " + Math.max(0, planned)
                        + " moves planned, asked " + said.size() + " times");
    }

    /** Two rebalancers never act at once. */
    public static Check oneActive(Recording recording, Span span) {
        long both = 0;
        long looks = 0;
        View last = null;
        for (View view : recording.views()) {
            if (span.has(view.at()) && view.active()) {
                looks++;
                boolean overlap = last != null
                        && !last.task().equals(view.task())
                        && view.at() - last.at() < 400
                        && view.at() != last.at();
                both += overlap ? 1 : 0;
                last = view;
            }
        }
        return new Check(
                "never two rebalancers are active at once", looks > 0 && both == 0, both + " times in " + looks);
    }

    private static String during(Span span) {
        return " during " + seconds(span.seconds());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
