package io.evenkeel.cli;

import io.evenkeel.config.RouterConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel register}: writes Swarm tasks into Consul, until it is told to stop. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Register the tasks of Swarm services in Consul, and keep them registered until SIGTERM.",
            "Services take part that are labelled evenkeel.enable=true and evenkeel.port=PORT."
        })
final class RegisterCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption option = new ConfigOption();

    @Option(names = "--deregister-on-exit", description = "Take all registrations away at the end.")
    private boolean deregister;

    @Override
    public Integer call() {
        StopSignal stop = StopSignal.install();
        RouterConfig read = ConfigReader.read(option.file()).config();
        try (Registering registering = Registering.start(read)) {
            Console.say("registering the tasks of "
                    + String.join(", ", read.discovery().swarm().engines()) + " in Consul at "
                    + String.join(", ", read.discovery().consul().agents()));
            stop.await();
            if (deregister) {
                registering.withdraw();
            }
            return 0;
        }
    }
}
