package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many services of one datacenter followed together: one watch over the catalog and one over all checks hint at what changed, and that is read
 * again. An instance may change without its checks and its service's tags; it shows only in the catalog's index, which therefore begins a
 * {@link Survey}, every {@code SURVEYS} at the most.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Sweep implements AutoCloseable, CatalogWatch.Listener, Watch.Listener<List<Check>> {

    /** More finds what shows in no check and no tag later, but only while such changes never rest. */
    private static final Duration SURVEYS = Duration.ofMillis(750);

    private static final Duration CHECKS_REFILL = Duration.ofMillis(500);

    private final Surroundings around;
    private final Watches watches;
    private final CatalogWatch catalog;
    private final Watch<List<Check>> checks;
    private final CheckBook book = new CheckBook();
    private final Set<Followed> members = new LinkedHashSet<>();
    private final Set<Followed> unread = new LinkedHashSet<>();
    private final Rereads rereads;
    private final Pace pace;
    private final Survey survey;
    private Map<String, List<String>> tags = Map.of();
    private long surveyFromNanos;
    private Scheduler.@Nullable Timer surveyDue;
    private Scheduler.@Nullable Timer retry;

    /** Starts watching; {@code catalog} is shared with others. */
    Sweep(Surroundings around, Watches watches, String datacenter, CatalogWatch catalog) {
        this.around = around;
        this.watches = watches;
        this.catalog = catalog;
        this.rereads = new Rereads(around, this::onUnread);
        this.pace = new Pace(SURVEYS, around.random());
        this.survey = new Survey(around, datacenter, this::readNow);
        this.surveyFromNanos = around.scheduler().nanoTime();
        this.checks = watches.start(Question.checks(datacenter, ""), CHECKS_REFILL, this);
        catalog.add(this);
    }

    /** Follows one more service. */
    void join(Followed service) {
        members.add(service);
        service.readBy(() -> rereads.add(List.of(service)));
        rereads.add(List.of(service));
    }

    void leave(Followed service) {
        members.remove(service);
        unread.remove(service);
        rereads.forget(service);
    }

    boolean unwanted() {
        return members.isEmpty();
    }

    @Override
    public void onCatalog(Map<String, List<String>> tagsByService, boolean moved) {
        Map<String, List<String>> before = tags;
        tags = tagsByService;
        pace.recovered();
        readNow(member -> member.failed() || differs(before, member.key().service()));
        if (moved) {
            surveySoon();
        } else {
            members.forEach(Followed::repeat);
        }
    }

    @Override
    public void onCatalogFailure(String reason) {
        failAll(reason);
    }

    @Override
    public void onAnswer(Reply<List<Check>> reply, List<Check> all) {
        pace.recovered();
        CheckBook.Changed changed = book.take(all);
        changed.nodes().forEach(node -> nodeChanged(node, all));
        readNow(member ->
                member.failed() || changed.services().contains(member.key().service()));
    }

    @Override
    public void onFailure(String reason) {
        failAll(reason);
    }

    @Override
    public void close() {
        catalog.remove(this);
        watches.stop(checks);
        rereads.close();
        survey.close();
        cancel(surveyDue);
        cancel(retry);
    }

    /** Told from the checks themselves, and read again afterwards: an older answer may be under way. */
    private void nodeChanged(String node, List<Check> all) {
        List<Check> checks = all.stream()
                .filter(check -> check.ofNode() && check.node().equals(node))
                .toList();
        members.forEach(member -> member.onNodeChecks(node, checks));
        rereads.add(members.stream().filter(member -> member.runsOn(node)).toList());
    }

    /** At first nothing does: what changed since it was read is the survey's to find. */
    private boolean differs(Map<String, List<String>> before, String service) {
        return !before.isEmpty() && !Objects.equals(before.get(service), tags.get(service));
    }

    private void readNow(Predicate<Followed> which) {
        rereads.urgent(members.stream().filter(which).toList());
    }

    private void surveySoon() {
        if (surveyDue == null) {
            long inNanos = Math.max(0, surveyFromNanos - around.scheduler().nanoTime());
            surveyDue = around.scheduler().schedule(this::beginSurvey, Duration.ofNanos(inNanos));
        }
    }

    private void beginSurvey() {
        surveyDue = null;
        surveyFromNanos = around.scheduler().nanoTime() + SURVEYS.toNanos();
        survey.begin();
    }

    private void onUnread(Followed service, String reason) {
        service.onFailure(reason);
        unread.add(service);
        if (retry == null) {
            retry = around.scheduler().schedule(this::readUnread, pace.afterFailure());
        }
    }

    private void readUnread() {
        retry = null;
        Collection<Followed> again = List.copyOf(unread);
        unread.clear();
        rereads.add(again);
    }

    private void failAll(String reason) {
        List.copyOf(members).forEach(member -> member.onFailure(reason));
    }

    private static void cancel(Scheduler.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
