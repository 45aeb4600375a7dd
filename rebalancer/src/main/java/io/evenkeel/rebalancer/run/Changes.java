package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SpecChange;
import io.evenkeel.rebalancer.swarm.Swarm;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a move changes: only while this is the one that may, and only what nobody else has changed meanwhile.
 *
 * <p><b>Threading.</b> Confined to the thread that makes the moves; it waits.
 */
final class Changes {

    private final Swarm swarm;
    private final Patience patience;
    private final Waits waits;
    private final BooleanSupplier lock;

    /** @param lock whether this process is the one that may change anything */
    Changes(Swarm swarm, Patience patience, Waits waits, BooleanSupplier lock) {
        this.swarm = swarm;
        this.patience = patience;
        this.waits = waits;
        this.lock = lock;
    }

    /** The first change of a move, which brings the journal; nobody may have touched the service since it was read. */
    void begin(RawService service, Journal journal, Consumer<SpecChange> change, String why) {
        Consumer<SpecChange> whole = changed -> change.accept(changed.journal(journal));
        write(service.id(), now -> now.version() == service.version(), ours(journal), whole, why);
    }

    /** The last change of a move that began with a constraint and an order of its own; what else goes with it is {@code more}. Waits until all is well. */
    void conclude(Move move, Journal journal, Consumer<SpecChange> more, String why) {
        Consumer<SpecChange> whole = changed -> {
            journal.constraint().ifPresent(changed::release);
            more.accept(changed.order(journal.order()).journal(null));
        };
        write(move.serviceId(), ours(journal), service -> service.journal().isEmpty(), whole, why);
        waits.settled(journal, move.serviceId(), journal.replicas(), waits.deadline(), false);
    }

    /**
     * Changes a service that nobody else may have changed. After an answer that never came it looks whether the change was made.
     *
     * @param ours whether the service is still as this move knows it
     * @param done whether it already is as it should become
     */
    void write(String serviceId, ServiceTest ours, ServiceTest done, Consumer<SpecChange> change, String why) {
        patience.ask(() -> {
            RawService service = swarm.service(serviceId);
            if (done.test(service)) {
                return service;
            }
            if (!ours.test(service)) {
                throw Halt.leaving(service.name() + " was changed by somebody else");
            }
            if (!lock.getAsBoolean()) {
                throw Halt.leaving("the lock is lost");
            }
            SpecChange changed = SpecChange.of(service);
            change.accept(changed);
            swarm.write(service, changed, why);
            return service;
        });
    }

    /** A service with this move's journal. */
    static ServiceTest ours(Journal journal) {
        return service -> service.label(Journal.LABEL).isPresent()
                && service.journal()
                        .filter(found -> found.run().equals(journal.run()))
                        .isPresent();
    }

    /** Looks at a service. */
    interface ServiceTest {
        boolean test(RawService service);
    }
}
