package io.evenkeel.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where the configuration is, the same for every command that reads one. */
final class ConfigOption {

    @Option(
            names = "--config",
            defaultValue = "evenkeel.yaml",
            paramLabel = "FILE",
            description = "The configuration (default ${DEFAULT-VALUE}).")
    private Path file;

    /** For picocli, which sets the option afterwards. */
    ConfigOption() {
        this(Path.of(""));
    }

    ConfigOption(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }
}
