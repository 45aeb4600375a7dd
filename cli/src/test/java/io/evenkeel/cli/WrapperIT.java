package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Maven wrapper on a machine that has a JDK, but nothing else that could fetch or unpack. It fetches Maven for real. */
class WrapperIT {

    private static final List<String> TOOLS = List.of(
            "basename", "cat", "dirname", "expr", "mkdir", "readlink", "rm", "sed", "sh", "sha256sum", "tr", "uname");
    private static final List<String> FILES =
            List.of("mvnw", ".mvn/wrapper/maven-wrapper.properties", ".mvn/wrapper/MavenWrapperDownloader.java");
    private static final Path HOME = Path.of(System.getProperty("basedir", "."), "..");

    private final Path folder;

    WrapperIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aJdkIsEnough() throws Exception {
        for (String file : FILES) {
            Path copy = folder.resolve("house").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(HOME.resolve(file), copy);
        }
        House.Outcome outcome = run("--version");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Apache Maven 3.");
    }

    private House.Outcome run(String argument) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./mvnw", argument)
                .directory(folder.resolve("house").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
        return House.await(builder.start());
    }

    private Path tools() throws IOException {
        Path path = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            House.link(path, tool);
        }
        return path;
    }
}
