package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.DnsZone.Fault;
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

    @Test
    void onlineEverySourceThatAnswersIsALineAndExitIsZero() throws Exception {
        try (DnsServer dns = new DnsServer(new DnsZone().address("tasks.vvm.example.", "10.0.0.1", "10.0.0.2"))) {
            Path file = Configs.write(folder, upstream("{ static: [127.0.0.1:9001] }", dns("tasks.vvm.example.", dns)));
            try (Child check = Child.start("check", "--online", "--config", file.toString())) {
                assertThat(check.awaitEnd()).as("it said %s", check.err()).isZero();
                assertThat(check.out()).hasSize(4);
                assertThat(check.out().get(0)).startsWith(file + ": ok ");
                assertThat(check.out().get(1)).matches("UPSTREAM +SOURCE +TIME +RESULT");
                assertThat(check.out().get(2)).matches("vvm +static +\\d+ ms +1 endpoint");
                assertThat(check.out().get(3)).matches("vvm +dns:tasks.vvm.example. +\\d+ ms +2 endpoints");
            }
        }
    }

    @Test
    void onlineASourceThatFailsIsSaidSoOnItsLineAndExitIsOne() throws Exception {
        DnsZone zone = new DnsZone().address("silent.example.", "10.0.0.1").fault("silent.example.", Fault.STALL);
        try (DnsServer dns = new DnsServer(zone)) {
            Path file = Configs.write(
                    folder,
                    upstream("{ static: [127.0.0.1:9001] }", dns("none.example.", dns), dns("silent.example.", dns)));
            try (Child check = Child.start("check", "--online", "--timeout", "2", "--config", file.toString())) {
                assertThat(check.awaitEnd()).isEqualTo(1);
                assertThat(check.out()).hasSize(5);
                assertThat(check.out().get(2)).contains("1 endpoint").doesNotContain("FAILED");
                assertThat(check.out().get(3)).contains("dns:none.example.", "FAILED: ", "NXDOMAIN");
                assertThat(check.out().get(4)).contains("dns:silent.example.", "FAILED: no answer within 2 s");
            }
        }
    }

    @Test
    void onlineAWrongFileIsNotTried() throws Exception {
        Path file = Configs.write(folder, "listeners: 1\n");
        try (Child check = Child.start("check", "--online", "--config", file.toString())) {
            assertThat(check.awaitEnd()).isEqualTo(1);
            assertThat(check.out()).isEmpty();
        }
    }

    private static String upstream(String... sources) {
        return """
                listeners:
                  - { name: web, address: "127.0.0.1:0", protocol: http }
                routes:
                  - { match: { path-prefix: / }, upstream: vvm }
                upstreams:
                  - { name: vvm, endpoints: [ %s ] }
                """
                .formatted(String.join(", ", sources));
    }

    private static String dns(String name, DnsServer server) {
        return "{ dns: { name: %s, port: 80, timeout: 30s, servers: [\"127.0.0.1:%d\"] } }"
                .formatted(name, server.address().getPort());
    }
}
