package io.evenkeel.rebalancer.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes journals of moves, and moves of journals. */
final class Journals {

    private Journals() {}

    static Journal of(Move move, RawService service, Instant deadline) {
        JsonNode order = service.spec().at("/UpdateConfig/Order");
        return new Journal(
                UUID.randomUUID().toString(),
                move.method(),
                service.replicas(),
                move.from(),
                move.to(),
                move.taskId(),
                order.isTextual() ? Optional.of(order.asText()) : Optional.empty(),
                Optional.empty(),
                deadline);
    }

    /** The move that somebody began who is no more. */
    static Move move(RawService service, Journal journal) {
        return new Move(
                service.id(),
                service.name(),
                journal.method(),
                journal.from(),
                journal.to(),
                journal.taskId(),
                journal.constraint().isPresent(),
                "was begun and not ended");
    }
}
