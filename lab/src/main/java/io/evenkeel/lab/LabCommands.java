package io.evenkeel.lab;

import io.evenkeel.lab.drill.DrillCommand;
import io.evenkeel.lab.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code evenkeel lab load} and {@code evenkeel lab drill} become. */
@Command(
        name = "evenkeel lab",
        subcommands = {LoadCommand.class, DrillCommand.class})
public final class LabCommands {

    private LabCommands() {}

    /** Exits with 0 only if all verdicts pass. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LabCommands()).execute(arguments));
    }
}
