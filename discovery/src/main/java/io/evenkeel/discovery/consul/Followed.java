package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One service as it is followed for all sources that want it: its instances as they were last heard of.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Followed implements Watch.Listener<List<ServiceEntry>> {

    private final ServiceKey key;
    private final Question<List<ServiceEntry>> question;
    private final Surroundings around;
    private final Visibility visibility;
    private final Pace doubts;
    private final List<Follower> followers = new ArrayList<>();
    private final KnownIndex known = new KnownIndex();
    private Runnable reader = () -> {};
    private @Nullable List<ServiceEntry> last;

    /** Counts answers, so that one that had to be checked first does not overtake a later one. */
    private long answers;

    /** Why it is not known how the service fares; null while it is. */
    private @Nullable String failure;

    /** A source, or part of one, that wants to hear of a service. */
    interface Follower {

        /** All instances as of now, maybe the same as before. */
        void onInstances(List<ServiceEntry> instances);

        void onFailure(String reason);
    }

    /** @param visibility judges answers without instances */
    Followed(ServiceKey key, Surroundings around, Visibility visibility) {
        this.key = key;
        this.question = Question.instances(key);
        this.around = around;
        this.visibility = visibility;
        this.doubts = new Pace(Duration.ZERO, around.random());
    }

    /** Sets what makes it be read once more. */
    void readBy(Runnable again) {
        reader = again;
    }

    ServiceKey key() {
        return key;
    }

    Question<List<ServiceEntry>> question() {
        return question;
    }

    /** What is known so far is told at once. */
    void add(Follower follower) {
        followers.add(follower);
        if (last != null) {
            follower.onInstances(last);
        }
        if (failure != null) {
            follower.onFailure(failure);
        }
    }

    void remove(Follower follower) {
        followers.remove(follower);
    }

    /** Nobody is told anything any more. */
    void silence() {
        followers.clear();
    }

    boolean unwanted() {
        return followers.isEmpty();
    }

    /** Whether the last that was heard was a failure. */
    boolean failed() {
        return failure != null;
    }

    /** The index its next answer need not be read at; 0 after a failure. */
    long knownIndex() {
        return failure == null && last != null ? known.value() : 0;
    }

    /** The ids of its instances on this node, as last heard. */
    Set<String> idsOn(String node) {
        return instances()
                .filter(entry -> entry.node().name().equals(node))
                .map(entry -> entry.instance().id())
                .collect(Collectors.toSet());
    }

    /** Whether it runs on this node, as last heard. */
    boolean runsOn(String node) {
        return instances().anyMatch(entry -> entry.node().name().equals(node));
    }

    /** Whether it runs on any other node than these, as last heard. */
    boolean runsOutside(Set<String> nodes) {
        return instances().anyMatch(entry -> !nodes.contains(entry.node().name()));
    }

    /** An answer that was asked for without a watch. */
    void onReread(Reply<List<ServiceEntry>> reply) {
        known.take(reply).ifPresent(this::onFailure);
        reply.body().or(() -> Optional.ofNullable(last)).ifPresent(body -> onAnswer(reply, body));
    }

    /** What the checks of a node say now: so that a dead node is heard of at once, however many services it takes with it. */
    void onNodeChecks(String node, List<Check> checks) {
        if (failure == null && runsOn(node)) {
            take(instances()
                    .map(entry -> entry.node().name().equals(node) ? entry.withNodeChecks(checks) : entry)
                    .toList());
        }
    }

    /** Says again what was last heard, unless there was none or a failure since: it still holds. */
    void repeat() {
        if (last != null && failure == null) {
            tell(last);
        }
    }

    @Override
    public void onAnswer(Reply<List<ServiceEntry>> reply, List<ServiceEntry> body) {
        long mine = ++answers;
        if (!body.isEmpty()) {
            take(body);
        } else if (reply.hidden()) {
            doubt(reply.where() + ": nothing that this token may see (is the token right? discovery.consul.token)");
        } else if (last != null && last.isEmpty() && failure == null) {
            take(body);
        } else {
            visibility.check(key.datacenter(), blind -> onChecked(mine, body, blind));
        }
    }

    @Override
    public void onFailure(String reason) {
        failure = reason;
        List.copyOf(followers).forEach(follower -> follower.onFailure(reason));
    }

    private Stream<ServiceEntry> instances() {
        return last == null ? Stream.empty() : last.stream();
    }

    private void onChecked(long answer, List<ServiceEntry> body, Optional<String> blind) {
        if (answer == answers) {
            blind.ifPresentOrElse(this::doubt, () -> take(body));
        }
    }

    /** No change announces that more may be seen: it is asked for again, after ever longer pauses. */
    private void doubt(String reason) {
        long mine = answers;
        onFailure(reason);
        around.scheduler()
                .schedule(
                        () -> {
                            if (mine == answers && !unwanted()) {
                                reader.run();
                            }
                        },
                        doubts.afterFailure());
    }

    private void take(List<ServiceEntry> body) {
        doubts.recovered();
        last = body;
        failure = null;
        tell(body);
    }

    private void tell(List<ServiceEntry> body) {
        List.copyOf(followers).forEach(follower -> follower.onInstances(body));
    }
}
