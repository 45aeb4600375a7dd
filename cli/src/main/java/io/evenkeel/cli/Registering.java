package io.evenkeel.cli;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.register.Registrar;
import io.evenkeel.discovery.swarm.SwarmSources;
import java.util.SplittableRandom;

/**
 * Swarm tasks being registered in Consul.
 *
 * <p><b>Threading.</b> Works on a control thread of its own; callable from any thread.
 */
final class Registering implements AutoCloseable {

    private final ControlThread control;
    private final SwarmSources swarm;
    private final Registrar registrar;

    private Registering(ControlThread control, SwarmSources swarm, Registrar registrar) {
        this.control = control;
        this.swarm = swarm;
        this.registrar = registrar;
    }

    /** Begins; who is asked and who is told stands in the configuration. */
    static Registering start(RouterConfig config) {
        ControlThread control = new ControlThread();
        SwarmSources swarm = new SwarmSources(control, new SplittableRandom(), new NodeRegistry(control, event -> {}));
        Registrar registrar = new Registrar(config, swarm, control);
        control.execute(registrar::start);
        return new Registering(control, swarm, registrar);
    }

    /** Takes all registrations away; waits until that is done. */
    void withdraw() {
        registrar.withdraw().toCompletableFuture().join().ifPresent(reason -> {
            throw new UserError("registrations are left in Consul: " + reason);
        });
    }

    /** Stops; what is registered stays for as long as its time to live. */
    @Override
    public void close() {
        registrar.close();
        swarm.close();
        control.close();
    }
}
