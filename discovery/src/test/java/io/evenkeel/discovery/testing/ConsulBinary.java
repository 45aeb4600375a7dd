package io.evenkeel.discovery.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a real Consul is found: {@code CONSUL_BIN}, the PATH, else what {@code ./evenkeel test} fetched. */
final class ConsulBinary {

    /** Tests run in a module's folder or in that of the whole project. */
    private static Stream<Path> fetched() {
        return Stream.of(Path.of("../cli/target/tools/consul"), Path.of("cli/target/tools/consul"));
    }

    private ConsulBinary() {}

    static Path find() {
        return named().or(() -> Stream.concat(onPath(), fetched())
                        .filter(Files::isExecutable)
                        .findFirst())
                .map(Path::toAbsolutePath)
                .orElseThrow(
                        () -> new AssertionError(
                                "no consul for the tests: set CONSUL_BIN to one (1.8 or newer), put it on the PATH, or let ./evenkeel test fetch it"));
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("CONSUL_BIN"))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "consul"));
    }
}
