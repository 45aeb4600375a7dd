package io.evenkeel.rebalancer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.rebalancer.swarm.RawService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachWriteIsTwoLinesWithoutWhatContainersAreGiven(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("audit.jsonl");
        AtomicInteger written = new AtomicInteger();
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        AuditLog log = new AuditLog(file.toString(), clock, written::incrementAndGet);
        RawService service = new RawService(
                JSON.readTree(
                        """
                {"ID":"s1","Version":{"Index":7},"Spec":{"Name":"vvm","Mode":{"Replicated":{"Replicas":6}},
                 "TaskTemplate":{"ContainerSpec":{"Env":["PASSWORD=secret"]}}}}
                """));
        JsonNode after = JSON.readTree(service.spec().toString().replace(":6", ":7"));

        log.onWrite(service, after, "one replica more");
        log.onWritten(service, "one replica more", "done");
        log.onWritten(service, "one replica more", "500 update out of sequence");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("secret"));
        JsonNode asked = JSON.readTree(lines.get(0));
        assertThat(asked.path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(asked.path("version").asInt()).isEqualTo(7);
        assertThat(asked.at("/before/replicas").asInt()).isEqualTo(6);
        assertThat(asked.at("/after/replicas").asInt()).isEqualTo(7);
        assertThat(JSON.readTree(lines.get(2)).path("outcome").asText()).contains("out of sequence");
        assertThat(written).hasValue(1);
    }
}
