package io.evenkeel.cli;

import io.evenkeel.cli.vvm.DemoVvms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel vvm}: one demo VVM, until it is told to stop. */
@Command(
        name = "vvm",
        mixinStandardHelpOptions = true,
        description = "Run a demo VVM: it answers /api/check with ok and everything else with what it got.")
final class VvmCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "8822", description = "0 for any free port (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "Address (default ${DEFAULT-VALUE}).")
    private String bind = "";

    @Option(
            names = "--name",
            defaultValue = "${env:EVENKEEL_VVM_NAME:-vvm-1}",
            description = "What it calls itself (default $EVENKEEL_VVM_NAME or else vvm-1).")
    private String name = "";

    @Override
    public Integer call() {
        StopSignal stop = StopSignal.install();
        try (DemoVvms vvms = new DemoVvms()) {
            InetSocketAddress address = vvms.start(name, Addresses.bind(bind, port));
            Console.say(name + " ready on http://" + Addresses.show(address));
            stop.await();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.from(e);
        }
    }
}
