package io.evenkeel.cli;

import io.evenkeel.proxy.Router;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel run}: the router, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the router. SIGHUP reloads the configuration; SIGTERM drains, then exits.")
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            defaultValue = "evenkeel.yaml",
            paramLabel = "FILE",
            description = "The configuration (default ${DEFAULT-VALUE}).")
    private Path config;

    /** For picocli, which sets the options afterwards. */
    RunCommand() {
        this(Path.of(""));
    }

    RunCommand(Path config) {
        this.config = config;
    }

    @Override
    public Integer call() {
        StopSignal stop = StopSignal.install();
        try (Router router = Router.start(ConfigReader.read(config))) {
            Console.say(Ready.line(router));
            stop.await();
            router.shutdown();
            return 0;
        } catch (UncheckedIOException e) {
            throw UserError.from(e);
        }
    }
}
