package io.evenkeel.cli;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Loaded;
import io.evenkeel.config.RouterConfig;
import java.nio.file.Path;

/** Reads configuration files for commands that cannot go on without one. */
final class ConfigReader {

    private ConfigReader() {}

    /**
     * The configuration in the file.
     *
     * @throws UserError when the file is wrong, after each of its errors was printed on a line of its own
     */
    static RouterConfig read(Path file) {
        Loaded loaded = ConfigFile.load(file);
        if (loaded instanceof Loaded.Invalid invalid) {
            invalid.problems().forEach(System.err::println);
            int errors = invalid.problems().size();
            throw new UserError(file + ": " + errors + (errors == 1 ? " error" : " errors"));
        }
        return loaded.orThrow();
    }
}
