package io.evenkeel.cli;

import io.evenkeel.config.ConfigWatcher;
import io.evenkeel.config.Loaded;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evenkeel run}: the router, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the router. SIGHUP reloads and reopens the access log; SIGTERM drains, then exits.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption option;

    /** For picocli, which sets the options afterwards. */
    RunCommand() {
        this(new ConfigOption());
    }

    RunCommand(ConfigOption option) {
        this.option = option;
    }

    @Override
    public Integer call() {
        StopSignal stop = StopSignal.install();
        Loaded.Valid running = ConfigReader.read(option.file());
        try (Router router = Router.start(running.config())) {
            serve(router, running, stop);
            router.shutdown();
            return 0;
        } catch (UncheckedIOException e) {
            throw UserError.from(e);
        }
    }

    private void serve(Router router, Loaded.Valid running, StopSignal stop) {
        try (ConfigWatcher watcher = ConfigWatcher.start(option.file(), running, next -> apply(router, next))) {
            router.reloadedBy(watcher);
            Signals.handle("HUP", () -> {
                router.reopenAccessLog();
                watcher.reload();
            });
            Console.say(Ready.line(router));
            stop.await();
        }
    }

    /** Why the router refused the configuration; empty when it is in force. */
    private static List<String> apply(Router router, RouterConfig next) {
        try {
            router.apply(next);
            return List.of();
        } catch (UncheckedIOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
