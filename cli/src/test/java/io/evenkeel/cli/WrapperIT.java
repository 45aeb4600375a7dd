package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        assertThat(run("--version")).contains("Apache Maven 3.");
    }

    private String run(String argument) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("./mvnw", argument)
                .directory(folder.resolve("house").toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path tools() throws IOException {
        Path path = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path inUsr = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(path.resolve(tool), Files.exists(inUsr) ? inUsr : Path.of("/bin", tool));
        }
        return path;
    }
}
