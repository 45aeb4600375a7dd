package io.evenkeel.cli;

import io.evenkeel.cli.check.OnlineCheck;
import io.evenkeel.cli.check.ResultTable;
import io.evenkeel.cli.check.SourceResult;
import io.evenkeel.config.RouterConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel check}: says whether a configuration is right, and everything that is wrong with it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check a configuration: exit 0, or 1 with every error as FILE:LINE:COLUMN: key: what is wrong.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption option = new ConfigOption();

    @Option(
            names = "--online",
            description = "Also ask every source of every upstream once; exit 1 if one does not answer.")
    private boolean online;

    @Option(
            names = "--timeout",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "How long to wait for all of them together (default ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Override
    public Integer call() {
        UserError.unless(timeoutSeconds > 0, "--timeout: " + timeoutSeconds + " (expected: ≥ 1)");
        RouterConfig right = ConfigReader.read(option.file()).config();
        System.out.printf(
                "%s: ok (listeners: %d, routes: %d, upstreams: %d)%n",
                option.file(),
                right.listeners().size(),
                right.routes().size(),
                right.upstreams().size());
        return online ? tryEverySource(right) : 0;
    }

    private int tryEverySource(RouterConfig right) {
        List<SourceResult> results = OnlineCheck.run(right, Duration.ofSeconds(timeoutSeconds));
        ResultTable.lines(results).forEach(System.out::println);
        return results.stream().allMatch(SourceResult::answered) ? 0 : CommandLine.ExitCode.SOFTWARE;
    }
}
