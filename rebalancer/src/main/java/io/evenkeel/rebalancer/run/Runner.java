package io.evenkeel.rebalancer.run;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.router.Routers;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Makes moves, one at a time, and ends those that somebody else left unfinished.
 *
 * <p><b>Threading.</b> Confined to one thread, which waits.
 */
public final class Runner {

    private final Time time;
    private final RebalanceConfig config;
    private final Progress progress;
    private final Map<Move.Method, Mover> movers = new EnumMap<>(Move.Method.class);

    /** @param lock whether this process is the one that may change anything */
    public Runner(
            Swarm swarm, Routers routers, RebalanceConfig config, Time time, BooleanSupplier lock, Progress progress) {
        this.config = config;
        this.progress = progress;
        this.time = time;
        Patience patience = new Patience(time, progress);
        Drains drains = new Drains(routers, config.drainDeadline(), time, progress);
        Waits waits = new Waits(swarm, patience, drains, config, time);
        Changes changes = new Changes(swarm, patience, waits, lock);
        Victims victims = new Victims(waits, changes, drains, progress);
        movers.put(Move.Method.SURGE, new Surge(waits, changes, victims, progress));
        movers.put(Move.Method.HANDOFF, new Handoff(waits, changes, victims, progress));
        movers.put(Move.Method.REPLACE, new Replace(waits, changes, progress));
        movers.put(Move.Method.SHIFT, new Shift(waits, changes, victims, progress));
    }

    /**
     * Moves a task.
     *
     * @param reading with which it was planned
     * @throws Halt if that went wrong; then either everything is as it was, or the journal says what remains
     */
    public void make(Move move, SwarmReading reading) {
        progress.onStep(move, Step.BEGIN);
        RawService service =
                reading.service(move.serviceId()).orElseThrow(() -> Halt.leaving(move.service() + " is gone"));
        Mover mover = mover(move);
        Journal journal = mover.plan(move, service);
        guarded(move, journal, () -> {
            mover.begin(move, journal, service);
            mover.finish(move, journal);
        });
        progress.onStep(move, Step.SETTLE);
        time.pause(config.settle());
    }

    /**
     * Ends a move that somebody began.
     *
     * @return what it was
     * @throws Halt as with {@link #make}
     */
    public Move resume(RawService service, Journal journal) {
        Move move = Journals.move(service, journal);
        guarded(move, journal, () -> mover(move).finish(move, journal));
        return move;
    }

    private void guarded(Move move, Journal journal, Runnable way) {
        try {
            way.run();
        } catch (Halt halt) {
            if (halt.restore()) {
                progress.onStep(move, Step.RESTORE);
                mover(move).restore(move, journal);
            }
            throw halt;
        }
    }

    private Mover mover(Move move) {
        return Objects.requireNonNull(movers.get(move.method()));
    }
}
