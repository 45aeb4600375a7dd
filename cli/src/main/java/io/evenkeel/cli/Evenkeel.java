package io.evenkeel.cli;

import io.evenkeel.cli.log.Logs;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The evenkeel command itself. Exit codes: 0 done, 1 failed with one line that says why, 2 wrong usage. */
@Command(
        name = "evenkeel",
        description = "Keeps a Docker Swarm cluster even: the router.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {VvmCommand.class, HelpCommand.class},
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
        return new CommandLine(new Evenkeel())
                .setParameterExceptionHandler(Evenkeel::wrongUsage)
                .setExecutionExceptionHandler(Evenkeel::failed)
                .execute(args);
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        Console.say(e.getMessage() + " (try: " + command + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine commandLine, ParseResult result) {
        if (e instanceof UserError error) {
            Console.say(error.line());
        } else {
            LoggerFactory.getLogger(Evenkeel.class).error("this is a bug in evenkeel", e);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
