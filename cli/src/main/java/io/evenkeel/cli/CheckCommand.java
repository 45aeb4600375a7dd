package io.evenkeel.cli;

import io.evenkeel.config.RouterConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel check}: says whether a configuration is right, and everything that is wrong with it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check a configuration: exit 0, or 1 with every error as FILE:LINE:COLUMN: key: what is wrong.")
final class CheckCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            defaultValue = "evenkeel.yaml",
            paramLabel = "FILE",
            description = "The configuration (default ${DEFAULT-VALUE}).")
    private Path config = Path.of("");

    @Override
    public Integer call() {
        RouterConfig right = ConfigReader.read(config).config();
        System.out.printf(
                "%s: ok (listeners: %d, routes: %d, upstreams: %d)%n",
                config,
                right.listeners().size(),
                right.routes().size(),
                right.upstreams().size());
        return 0;
    }
}
