package io.evenkeel.discovery.consul;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look through the catalog, node by node, for services that changed after they were last read: by the indexes of the changes, and by
 * what is no longer there. It takes a question for each node instead of one for each service.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Survey implements AutoCloseable {

    /** With more it is no cheaper than reading all services. */
    private static final int MAX_NODES = 100;

    private final Surroundings around;
    private final String datacenter;
    private final Consumer<Predicate<Followed>> outdated;
    private final Deque<String> left = new ArrayDeque<>();
    private boolean running;
    private boolean again;
    private @Nullable Asking<?> asking;

    /** @param outdated hears, maybe several times, which services are to be read again */
    Survey(Surroundings around, String datacenter, Consumer<Predicate<Followed>> outdated) {
        this.around = around;
        this.datacenter = datacenter;
        this.outdated = outdated;
    }

    /** Begins one, or another one when that which runs has ended. */
    void begin() {
        again = running;
        if (!running) {
            running = true;
            ask(Question.nodes(datacenter), this::onNodes);
        }
    }

    @Override
    public void close() {
        Asking<?> given = asking;
        asking = null;
        if (given != null) {
            given.cancel();
        }
    }

    private <T> void ask(Question<T> question, Consumer<T> onAnswer) {
        Asking<T> mine = around.agents().agent().ask(question, Poll.AT_ONCE);
        asking = mine;
        mine.reply().whenComplete((reply, thrown) -> around.scheduler().execute(() -> onEnd(mine, reply, onAnswer)));
    }

    private <T> void onEnd(Asking<T> mine, @Nullable Reply<T> reply, Consumer<T> onAnswer) {
        if (!mine.equals(asking)) {
            return;
        }
        if (reply == null) {
            readEverything(); // and hear there what is wrong, if anything
        } else {
            onAnswer.accept(reply.body().orElseThrow());
        }
    }

    private void onNodes(List<CatalogNode> nodes) {
        Set<String> names = nodes.stream().map(CatalogNode::name).collect(Collectors.toSet());
        if (names.size() > MAX_NODES) {
            readEverything();
            return;
        }
        outdated.accept(service -> service.runsOutside(names));
        left.addAll(names);
        next();
    }

    private void next() {
        String node = left.poll();
        if (node == null) {
            end();
        } else {
            ask(Question.contents(datacenter, node), contents -> onContents(node, contents));
        }
    }

    private void onContents(String node, CatalogNode.Contents contents) {
        Placements placements = Placements.of(node, contents);
        outdated.accept(placements::outdates);
        next();
    }

    private void readEverything() {
        left.clear();
        outdated.accept(service -> true);
        end();
    }

    private void end() {
        running = false;
        asking = null;
        if (again) {
            begin();
        }
    }
}
