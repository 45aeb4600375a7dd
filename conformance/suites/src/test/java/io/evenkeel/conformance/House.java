package io.evenkeel.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where in the checkout things are that tests start. */
final class House {

    private static final Path ROOT = Path.of(System.getProperty("evenkeel.house", "../.."))
            .toAbsolutePath()
            .normalize();

    private House() {}

    /** The router as the launcher starts it. */
    static Path jar() {
        return ROOT.resolve("cli/target/evenkeel.jar");
    }

    static Path document() {
        return ROOT.resolve("docs/conformance.md");
    }

    /** The programs of this module. */
    static Path classes() {
        return ROOT.resolve("conformance/suites/target/test-classes");
    }

    /** Where the scripts of this module are. */
    static Path scripts() {
        return ROOT.resolve("conformance/suites/src/test/scripts");
    }

    /** The folder of the jars of one suite. */
    static Path lib(String suite) {
        return ROOT.resolve("conformance").resolve(suite).resolve("target/lib");
    }

    /** The one jar of a suite whose name begins so. */
    static Path jar(String suite, String name) throws IOException {
        try (Stream<Path> jars = Files.list(lib(suite))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name + " in " + lib(suite)));
        }
    }

    /** The Java that runs the tests. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where programs are that {@code .ci/tools} brought, then those of the machine. */
    static Path tool(String name) throws IOException {
        for (Path folder : folders()) {
            if (Files.isExecutable(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new IOException("no " + name + ": .ci/tools cli/target/tools brings it");
    }

    private static List<Path> folders() {
        return Stream.concat(
                        Stream.of(ROOT.resolve("cli/target/tools")),
                        Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of))
                .toList();
    }
}
