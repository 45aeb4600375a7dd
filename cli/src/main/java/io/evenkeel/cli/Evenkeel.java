package io.evenkeel.cli;

import io.evenkeel.cli.log.Logs;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The evenkeel command itself. Exit codes: 0 done, 1 failed with one line that says why, 2 wrong usage. */
@Command(
        name = "evenkeel",
        description = "Keeps a Docker Swarm cluster even: the router and the rebalancer.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            RebalanceCommand.class,
            RegisterCommand.class,
            VvmCommand.class,
            HelpCommand.class
        },
        footer = {"", "The launcher adds: test [--full], which runs the whole suite."})
public final class Evenkeel {

    private Evenkeel() {}

    /** Runs one command line and exits the process with its code. */
    public static void main(String[] args) {
        int code = execute(args);
        Logs.flush();
        System.exit(code);
    }

    /** Runs one command line; returns its exit code. */
    static int execute(String... args) {
        if (args.length == 3 && args[0].equals("run") && args[1].equals("--config")) {
            return runAtOnce(Path.of(args[2]));
        }
        return new CommandLine(new Evenkeel())
                .setParameterExceptionHandler(Evenkeel::wrongUsage)
                .setExecutionExceptionHandler((e, commandLine, result) -> failed(e))
                .execute(args);
    }

    /** The command line of every router in service, without the fifth of the time to start that parsing it takes. */
    private static int runAtOnce(Path config) {
        try {
            return new RunCommand(new ConfigOption(config)).call();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        Console.say(e.getMessage() + " (try: " + command + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e) {
        if (e instanceof UserError error) {
            Console.say(error.line());
        } else {
            LoggerFactory.getLogger(Evenkeel.class).error("this is a bug in evenkeel", e);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
