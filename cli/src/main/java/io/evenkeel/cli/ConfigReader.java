package io.evenkeel.cli;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.ConfigProblem;
import io.evenkeel.config.Loaded;
import java.nio.file.Path;
import java.util.List;

/** Reads configuration files for commands that cannot go on without one. */
final class ConfigReader {

    private ConfigReader() {}

    /**
     * The configuration in the file.
     *
     * @throws UserError when the file is wrong, after each of its errors was printed on a line of its own
     */
    static Loaded.Valid read(Path file) {
        Loaded loaded = ConfigFile.load(file);
        if (loaded instanceof Loaded.Valid valid) {
            return valid;
        }
        List<ConfigProblem> problems = ((Loaded.Invalid) loaded).problems();
        problems.forEach(System.err::println);
        throw new UserError(file + ": " + problems.size() + (problems.size() == 1 ? " error" : " errors"));
    }
}
