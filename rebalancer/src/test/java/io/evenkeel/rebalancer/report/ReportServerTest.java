package io.evenkeel.rebalancer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.testing.Promtool;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import io.evenkeel.rebalancer.run.Progress.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportServerTest {

    private static final Move MOVE =
            new Move("s1", "vvm", Move.Method.SURGE, "n1", "n3", "t1", false, "vvm has 3 on n1 and none on n3");

    private final RebalanceMetrics metrics = new RebalanceMetrics();
    private final Report report = new Report(Clock.systemUTC(), metrics);
    private final ReportServer server = ReportServer.start(new HostPort("127.0.0.1", 0), report, metrics);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatIsDoneIsTold() throws Exception {
        report.onLock(true);
        report.onPlan(new Plan(
                List.of(MOVE),
                List.of(new Plan.LeftAlone("s2", "router", "global")),
                List.of(new Plan.Load("n1", "one", 9, 8))));
        report.onRun("node n3 has recovered");
        report.onStep(MOVE, Step.AWAIT_HEALTHY);

        JsonNode told = new ObjectMapper().readTree(ask("GET", "/rebalance").body());
        assertThat(told.path("active").asBoolean()).isTrue();
        assertThat(told.path("step").asText()).isEqualTo("await-healthy");
        assertThat(told.at("/move/service").asText()).isEqualTo("vvm");
        assertThat(told.at("/plan/moves")).hasSize(1);
        assertThat(told.at("/plan/left_alone/0/why").asText()).isEqualTo("global");
        assertThat(told.at("/plan/nodes/0/after").asInt()).isEqualTo(8);

        report.onMoved(MOVE, "done");
        JsonNode after = new ObjectMapper().readTree(ask("GET", "/rebalance").body());
        assertThat(after.path("step").isNull()).isTrue();
        assertThat(after.at("/history/0/result").asText()).isEqualTo("done");
    }

    @Test
    void metricsCountMovesAndSayWhyNothingIsDone() throws Exception {
        report.onMoved(MOVE, "done");
        report.onMoved(MOVE, "node n3 is not well");
        report.onMisprediction(MOVE, "t1", "t2");
        report.onIdle("node n3 is not well: down");
        String text = ask("GET", "/metrics").body();
        assertThat(text)
                .contains("evenkeel_rebalance_moves_total{method=\"surge\",result=\"done\",} 1.0")
                .contains("evenkeel_rebalance_moves_total{method=\"surge\",result=\"failed\",} 1.0")
                .contains("evenkeel_rebalance_mispredictions_total 1.0")
                .contains("evenkeel_rebalance_idle_reason{reason=\"a node is not well\",} 1.0")
                .contains("jvm_memory_bytes_used");
        assertThat(Promtool.complaints(text)).isEmpty();
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(ask("POST", "/rebalance").statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/rebalance/now").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/healthz").body()).isEqualTo("ok\n");
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http:/" + server.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
