package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void rightFileIsSummedUpOnOneLineAndExitIsZero() throws Exception {
        Path file = Configs.write(folder, Configs.router("127.0.0.1:9001"));
        try (Child check = Child.start("check", "--config", file.toString())) {
            assertThat(check.awaitEnd()).isZero();
            assertThat(check.out()).containsExactly(file + ": ok (listeners: 1, routes: 1, upstreams: 1)");
            assertThat(check.err()).isEmpty();
        }
    }

    @Test
    void wrongFileHasEveryErrorOnALineOfItsOwnAndExitIsOne() throws Exception {
        Path file = Configs.write(folder, "listeners:\n  - nam: web\n    address: nowhere\n");
        try (Child check = Child.start("check", "--config", file.toString())) {
            assertThat(check.awaitEnd()).isEqualTo(1);
            assertThat(check.err())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .anyMatch(line -> line.startsWith(file + ":2:5: listeners[0].nam: "))
                    .anyMatch(line -> line.startsWith(file + ":3:14: listeners[0].address: "))
                    .noneMatch(line -> line.startsWith("\tat "));
            assertThat(check.out()).isEmpty();
        }
    }

    @Test
    void missingFileIsSaidSoAndExitIsOne() throws Exception {
        Path file = folder.resolve("none.yaml");
        try (Child check = Child.start("check", "--config", file.toString())) {
            assertThat(check.awaitEnd()).isEqualTo(1);
            assertThat(check.err()).first().asString().contains("none.yaml:1:1: no such file");
        }
    }

    @Test
    void exampleInTheRepositoryIsRight() throws Exception {
        Path example = Path.of(System.getProperty("basedir", "."), "..", "evenkeel.yaml");
        assertThat(Files.exists(example)).isTrue();
        try (Child check = Child.start("check", "--config", example.toString())) {
            assertThat(check.awaitEnd()).as("it said %s", check.err()).isZero();
        }
    }

    @Test
    void wrongUsageIsOneLineAndExitIsTwo() throws Exception {
        try (Child check = Child.start("check", "--confg", "x")) {
            assertThat(check.awaitEnd()).isEqualTo(2);
            assertThat(check.err()).singleElement().asString().startsWith("evenkeel: Unknown option");
        }
    }
}
