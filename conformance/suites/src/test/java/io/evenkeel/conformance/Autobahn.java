package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fuzzing client of Autobahn's WebSocket test suite, in the Python that its jar carries. That Python loses its types when memory is short, and then waits
 * for ever (bugs.jython.org/issue2487); it is given plenty.
 */
final class Autobahn {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final String START = "import json, sys\n"
            + "from autobahntestsuite import wstest\n"
            + "wstest.start({'mode': 'fuzzingclient'}, json.load(open(sys.argv[1])))";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Autobahn() {}

    /** Runs these cases against each of the servers, ports of 127.0.0.1 by name; gives by server and case how it ended. */
    static Map<String, Map<String, Outcome>> run(Path folder, List<String> cases, Map<String, Integer> servers)
            throws Exception {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Path spec = folder.resolve("spec.json");
        JSON.writeValue(spec.toFile(), spec(reports, cases, servers));
        run(
                reports,
                List.of(
                        House.java(),
                        "-Xms1g",
                        "-Xmx1g",
                        "-Dpython.console.encoding=UTF-8",
                        "-Dpython.cachedir=" + folder.resolve("python"),
                        "-cp",
                        House.lib("autobahn") + "/*",
                        "org.python.util.jython",
                        "-c",
                        START,
                        spec.toString()));
        return read(reports.resolve("index.json"));
    }

    /** In a folder without files that Python might take for its own. */
    private static void run(Path folder, List<String> command) throws Exception {
        try (Program program = Program.start(folder, Map.of(), command)) {
            assertThat(program.awaitEnd(PATIENCE)).as(program.said()).isZero();
        }
    }

    private static Map<String, Object> spec(Path reports, List<String> cases, Map<String, Integer> servers) {
        List<Map<String, Object>> list = new ArrayList<>();
        servers.forEach((name, port) -> list.add(
                Map.of("agent", name, "url", "ws://127.0.0.1:" + port + "/", "options", Map.of("version", 18))));
        return Map.of(
                "options", Map.of("failByDrop", false),
                "outdir", reports.toString(),
                "servers", list,
                "cases", cases,
                "exclude-cases", List.of(),
                "exclude-agent-cases", Map.of());
    }

    private static Map<String, Map<String, Outcome>> read(Path index) throws IOException {
        Map<String, Map<String, Outcome>> outcomes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> agent : JSON.readTree(index.toFile()).properties()) {
            Map<String, Outcome> cases = new TreeMap<>();
            agent.getValue().properties().forEach(one -> cases.put(one.getKey(), Outcome.of(one.getValue())));
            outcomes.put(agent.getKey(), cases);
        }
        return outcomes;
    }

    /**
     * How a case ended.
     *
     * @param behavior OK, NON-STRICT, INFORMATIONAL, UNIMPLEMENTED or FAILED
     * @param behaviorClose the same of how the connection was closed
     * @param remoteCloseCode the code that came with the close; {@code null}: none. An endpoint that closes with octets unread resets the connection, which may
     *     overtake its close frame; then there is none.
     */
    record Outcome(String behavior, String behaviorClose, String remoteCloseCode) {

        boolean agrees(Outcome other) {
            return behavior.equals(other.behavior)
                    && behaviorClose.equals(other.behaviorClose)
                    && (List.of(remoteCloseCode, other.remoteCloseCode).contains("null")
                            || remoteCloseCode.equals(other.remoteCloseCode));
        }

        private static Outcome of(JsonNode node) {
            return new Outcome(
                    node.path("behavior").asText(),
                    node.path("behaviorClose").asText(),
                    node.path("remoteCloseCode").asText());
        }
    }
}
