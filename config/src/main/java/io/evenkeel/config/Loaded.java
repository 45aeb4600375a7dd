package io.evenkeel.config;

import java.util.List;
import java.util.stream.Collectors;

/** What came of reading a configuration file: the configuration, or everything that is wrong with the file. */
public sealed interface Loaded {

    /** SHA-256 of the file as it was read, in hex, to tell whether it has changed since; empty when unreadable. */
    String fingerprint();

    /** The files besides the configuration file that were read, in vain or not. */
    ReadFiles files();

    /** The configuration; throws {@link IllegalStateException} with all problems when there is none. */
    RouterConfig orThrow();

    /** The file is right. */
    record Valid(RouterConfig config, String fingerprint, ReadFiles files) implements Loaded {

        @Override
        public RouterConfig orThrow() {
            return config;
        }
    }

    /** The file is wrong; at least one problem, in the order of the file. */
    record Invalid(List<ConfigProblem> problems, String fingerprint, ReadFiles files) implements Loaded {

        @Override
        public RouterConfig orThrow() {
            throw new IllegalStateException(
                    problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        }
    }
}
