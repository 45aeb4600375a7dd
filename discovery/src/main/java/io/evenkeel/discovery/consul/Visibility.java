package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the token may see anything at all. Agents before 1.11 leave out what it may not see without a word, so that no instances may
 * mean no rights; but where there is Consul there is a node, and who sees none is blind.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Visibility {

    /** For so long a good answer serves all services that turn out empty at the same time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Surroundings around;
    private final Map<String, Look> looks = new HashMap<>();

    /** The latest look at one datacenter. */
    private static final class Look {
        final List<Consumer<Optional<String>>> waiting = new ArrayList<>();

        boolean ended;
        long endedNanos;

        /** Why the token is blind, once this has ended. */
        Optional<String> blind = Optional.empty();
    }

    Visibility(Surroundings around) {
        this.around = around;
    }

    /** Tells, now or later, why nothing can be concluded from an answer without instances; empty: it is true. */
    void check(String datacenter, Consumer<Optional<String>> blind) {
        Look known = looks.get(datacenter);
        if (known == null || stale(known)) {
            known = new Look();
            looks.put(datacenter, known);
            look(datacenter, known);
        }
        if (known.ended) {
            blind.accept(known.blind);
        } else {
            known.waiting.add(blind);
        }
    }

    private boolean stale(Look look) {
        return look.ended
                && (look.blind.isPresent() || around.scheduler().nanoTime() - look.endedNanos > FRESH.toNanos());
    }

    private void look(String datacenter, Look look) {
        around.agents()
                .agent()
                .ask(Question.nodes(datacenter), Poll.AT_ONCE)
                .reply()
                .whenComplete((reply, thrown) -> around.scheduler().execute(() -> onEnd(look, reply, thrown)));
    }

    private void onEnd(Look look, @Nullable Reply<List<CatalogNode>> reply, @Nullable Throwable thrown) {
        Optional<String> blind =
                reply == null ? Optional.of(AskFailure.of(thrown).line()) : blind(reply);
        look.ended = true;
        look.blind = blind;
        look.endedNanos = around.scheduler().nanoTime();
        List.copyOf(look.waiting).forEach(waiting -> waiting.accept(blind));
        look.waiting.clear();
    }

    private static Optional<String> blind(Reply<List<CatalogNode>> reply) {
        return reply.body().orElseThrow().isEmpty()
                ? Optional.of(reply.where()
                        + ": no node that this token may see (is the token right? discovery.consul.token)")
                : Optional.empty();
    }
}
