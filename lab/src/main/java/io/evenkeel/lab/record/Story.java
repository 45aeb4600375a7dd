package io.evenkeel.lab.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What happened, in order: what was done, and whatever changed in what was seen. Stateless. */
public final class Story {

    private Story() {}

    /** All of it; tasks are counted of these services. */
    public static List<Mark> of(Recording recording, Set<String> services) {
        List<Mark> story = new ArrayList<>();
        recording.marks().forEach(mark -> story.add(new Mark(mark.at(), "» " + mark.what())));
        cluster(recording.snapshots(), services, story);
        rebalancers(recording.views(), story);
        failures(recording, story);
        story.sort(Comparator.comparingLong(Mark::at));
        return story;
    }

    private static void cluster(List<Snapshot> snapshots, Set<String> services, List<Mark> story) {
        Map<String, String> known = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            Map<String, String> now = new TreeMap<>();
            now.put("tasks", "tasks " + snapshot.shape(services));
            now.put("leader", "Swarm's leader is " + (snapshot.leader().isEmpty() ? "nobody" : snapshot.leader()));
            snapshot.nodes()
                    .forEach((name, node) ->
                            now.put("node " + name, name + " is " + node.state() + ", " + node.availability()));
            now.forEach((what, text) -> {
                if (!text.equals(known.put(what, text))) {
                    story.add(new Mark(snapshot.at(), text));
                }
            });
        }
    }

    private static void rebalancers(List<View> views, List<Mark> story) {
        Map<String, String> known = new HashMap<>();
        for (View view : views) {
            String what = (view.active() ? "" : "(not active) ")
                    + (view.step().isEmpty() ? view.reason() : "step " + view.step());
            String text = "rebalancer on " + view.node() + ": " + what;
            String blurred = text.replaceAll("changed \\d+ s ago", "").replaceAll("until \\S+", "");
            if (!blurred.equals(known.put(view.task(), blurred))) {
                story.add(new Mark(view.at(), text));
            }
        }
    }

    private static void failures(Recording recording, List<Mark> story) {
        Map<Long, Map<String, Integer>> failures = new TreeMap<>();
        for (Outcome outcome : recording.outcomes()) {
            if (!outcome.good()) {
                failures.computeIfAbsent(outcome.due() / 1000, second -> new TreeMap<>())
                        .merge(outcome.failure() + " through " + outcome.router(), 1, Integer::sum);
            }
        }
        failures.forEach((second, kinds) ->
                kinds.forEach((kind, count) -> story.add(new Mark(second * 1000, count + " × " + kind))));
    }
}
