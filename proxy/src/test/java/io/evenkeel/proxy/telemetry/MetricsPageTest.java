package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.FitnessCounts;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.health.EjectionReason;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AccessLogConfig.Format;
import io.evenkeel.config.Reloads;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.NodeStatus;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.discovery.testing.Promtool;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MetricsPageTest {

    private static final MergedEndpoint REPORTED =
            MergedEndpoint.of("dns:tasks.vvm", Endpoint.at(new InetSocketAddress("10.0.0.1", 8822)));
    private static final EndpointStatus HEALTHY = endpoint("10.0.0.1:8822", Health.HEALTHY, false);
    private static final EndpointStatus SICK = endpoint("10.0.0.2:8822", Health.UNHEALTHY, false);
    private static final EndpointStatus EJECTED = endpoint("10.0.0.3:8822", Health.HEALTHY, true);
    private static final SourceStatus SOURCE =
            new SourceStatus("dns:tasks.vvm", Optional.of(Instant.ofEpochMilli(1_500)), Optional.empty(), 4, 2, 3);
    private static final SourceStatus DOUBTED = new SourceStatus(
            "consul:vvm", Optional.empty(), Optional.of("500"), 0, 1, 6, true, Optional.of("1 after 6"));
    private static final RejectedEndpoint DAMPED = new RejectedEndpoint(REPORTED, RejectedEndpoint.Cause.DAMPED, "");
    private static final RejectedEndpoint CRITICAL =
            new RejectedEndpoint(REPORTED, RejectedEndpoint.Cause.CRITICAL, "");
    private static final DiscoveryStatus DISCOVERY = new DiscoveryStatus(
            Map.of(DiscoveryEvent.Kind.ENDPOINT_ADDED, 6L, DiscoveryEvent.Kind.NODE_FAILED, 1L),
            Map.of("consul", List.of(new NodeStatus("n1", true, ""), new NodeStatus("n2", false, "not live"))),
            3,
            new LastGoodStore.Status(5, 2, Optional.empty()));

    private static final OverloadStatus OVERLOAD =
            new OverloadStatus(Map.of("heap", 0.25), Map.of("reject", true, "shorten_keep_alive", false));

    private final Telemetry telemetry = new Telemetry(2, new AccessLogConfig(Format.OFF, Optional.empty(), 1024));
    private final MetricsPage page = telemetry.metricsPage(MetricsPageTest::upstreams, () -> DISCOVERY, () -> OVERLOAD);

    private static List<UpstreamStatus> upstreams() {
        return List.of(new UpstreamStatus(
                "vvm",
                true,
                List.of(HEALTHY, SICK, EJECTED),
                List.of(DAMPED, CRITICAL),
                List.of(SOURCE, DOUBTED),
                new FitnessCounts(Map.of(Outcome.PASSED, 40L), Map.of(EjectionReason.GATEWAY_FAILURES, 2L)),
                Optional.empty()));
    }

    @Test
    void countsOfAllLoopsAreOneSeries() {
        telemetry.loop(0).meter("web", "all", "vvm").record(200, 1_000_000, 10_000);
        telemetry.loop(1).meter("web", "all", "vvm").record(200, 1_000_000, 10_000);
        telemetry.loop(1).meter("web", "all", "vvm").record(404, 1_000_000, -1);
        telemetry.loop(0).opened(Side.DOWNSTREAM);
        telemetry.loop(1).opened(Side.DOWNSTREAM);
        telemetry.loop(1).closed(Side.DOWNSTREAM);
        telemetry.loop(0).upstreamMeter("vvm").retried();
        telemetry.loop(1).upstreamMeter("vvm").retried();
        telemetry.loop(1).failed(Failure.CONNECT_FAILED);
        telemetry.reloads(() -> new Reloads(1, 1, Optional.empty()));

        assertThat(scrape())
                .containsEntry(
                        "evenkeel_requests_total{listener=\"web\",route=\"all\",upstream=\"vvm\",code=\"200\",}", 2.0)
                .containsEntry(
                        "evenkeel_requests_total{listener=\"web\",route=\"all\",upstream=\"vvm\",code=\"404\",}", 1.0)
                .containsEntry("evenkeel_connections{side=\"downstream\",}", 1.0)
                .containsEntry("evenkeel_connections_total{side=\"downstream\",}", 2.0)
                .containsEntry("evenkeel_retries_total{upstream=\"vvm\",}", 2.0)
                .containsEntry(
                        "evenkeel_failures_total{reason=\"connect_failed\",phase=\"acquire\",side=\"upstream\",}", 1.0)
                .containsEntry("evenkeel_request_duration_seconds_count{route=\"all\",upstream=\"vvm\",}", 3.0)
                .containsEntry("evenkeel_added_latency_seconds_count{route=\"all\",upstream=\"vvm\",}", 2.0)
                .containsEntry("evenkeel_config_reloads_total{result=\"applied\",}", 1.0)
                .containsEntry("evenkeel_config_reloads_total{result=\"refused\",}", 1.0);
    }

    @Test
    void endpointsAndSourcesAreShownAsTheyAre() {
        assertThat(scrape())
                .containsEntry("evenkeel_inflight{upstream=\"vvm\",endpoint=\"10.0.0.1:8822\",}", 3.0)
                .containsEntry("evenkeel_endpoint_up{upstream=\"vvm\",endpoint=\"10.0.0.1:8822\",}", 1.0)
                .containsEntry("evenkeel_endpoint_up{upstream=\"vvm\",endpoint=\"10.0.0.2:8822\",}", 0.0)
                .containsEntry("evenkeel_endpoint_up{upstream=\"vvm\",endpoint=\"10.0.0.3:8822\",}", 0.0)
                .containsEntry("evenkeel_endpoint_ejected{upstream=\"vvm\",endpoint=\"10.0.0.2:8822\",}", 0.0)
                .containsEntry("evenkeel_endpoint_ejected{upstream=\"vvm\",endpoint=\"10.0.0.3:8822\",}", 1.0)
                .containsEntry("evenkeel_endpoint_phi{upstream=\"vvm\",endpoint=\"10.0.0.1:8822\",}", 1.5)
                .containsEntry("evenkeel_health_checks_total{upstream=\"vvm\",result=\"passed\",}", 40.0)
                .containsEntry("evenkeel_ejections_total{upstream=\"vvm\",reason=\"gateway_failures\",}", 2.0)
                .containsEntry("evenkeel_endpoint_requests_total{upstream=\"vvm\",endpoint=\"10.0.0.1:8822\",}", 17.0)
                .containsEntry(
                        "evenkeel_discovery_last_success_timestamp_seconds{upstream=\"vvm\",source=\"dns:tasks.vvm\",}",
                        1.5)
                .containsEntry("evenkeel_discovery_failures_total{upstream=\"vvm\",source=\"dns:tasks.vvm\",}", 2.0)
                .containsEntry("evenkeel_discovery_endpoints{upstream=\"vvm\",source=\"dns:tasks.vvm\",}", 3.0);
    }

    @Test
    void panicIsShown() {
        assertThat(scrape()).containsEntry("evenkeel_upstream_panicking{upstream=\"vvm\",}", 1.0);
    }

    @Test
    void howDiscoveryFaresIsShown() {
        assertThat(scrape())
                .containsEntry("evenkeel_discovery_source_up{upstream=\"vvm\",source=\"dns:tasks.vvm\",}", 1.0)
                .containsEntry("evenkeel_discovery_source_up{upstream=\"vvm\",source=\"consul:vvm\",}", 0.0)
                .containsEntry("evenkeel_discovery_stale{upstream=\"vvm\",source=\"dns:tasks.vvm\",}", 0.0)
                .containsEntry("evenkeel_discovery_stale{upstream=\"vvm\",source=\"consul:vvm\",}", 1.0)
                .containsEntry("evenkeel_discovery_held{upstream=\"vvm\",source=\"dns:tasks.vvm\",}", 0.0)
                .containsEntry("evenkeel_discovery_held{upstream=\"vvm\",source=\"consul:vvm\",}", 1.0)
                .containsEntry("evenkeel_discovery_damped{upstream=\"vvm\",}", 1.0)
                .containsEntry("evenkeel_discovery_events_total{kind=\"endpoint-added\",}", 6.0)
                .containsEntry("evenkeel_discovery_events_total{kind=\"node-failed\",}", 1.0)
                .containsEntry("evenkeel_discovery_label_problems", 3.0)
                .containsEntry("evenkeel_discovery_state_file_writes_total", 5.0)
                .containsEntry("evenkeel_discovery_state_file_failures_total", 2.0)
                .containsEntry("evenkeel_node_up{source=\"consul\",node=\"n1\",}", 1.0)
                .containsEntry("evenkeel_node_up{source=\"consul\",node=\"n2\",}", 0.0);
    }

    @Test
    void howScarceTheRoutersOwnResourcesAreIsShown() {
        assertThat(scrape())
                .containsEntry("evenkeel_overload_pressure{resource=\"heap\",}", 0.25)
                .containsEntry("evenkeel_overload_actions{action=\"reject\",}", 1.0)
                .containsEntry("evenkeel_overload_actions{action=\"shorten_keep_alive\",}", 0.0);
    }

    @Test
    void aSecondScrapeStillHasWhatTheFirstHad() {
        RouteMeter meter = telemetry.loop(0).meter("web", "all", "vvm");
        meter.record(200, 1_000_000, 10_000);
        scrape();
        meter.record(200, 1_000_000, 10_000);

        assertThat(scrape())
                .containsEntry("evenkeel_request_duration_seconds_count{route=\"all\",upstream=\"vvm\",}", 2.0);
        assertThat(telemetry.latency("vvm"))
                .hasValueSatisfying(latency -> assertThat(latency.count()).isEqualTo(2));
        assertThat(telemetry.latency("other")).isEmpty();
    }

    @Test
    void bucketsNeverFallAndEndAtTheCount() {
        RouteMeter meter = telemetry.loop(0).meter("web", "all", "vvm");
        for (long nanos = 1; nanos < 100_000_000_000L; nanos = nanos * 3 + 1) {
            meter.record(200, nanos, nanos);
        }

        Map<String, Double> series = scrape();

        for (String name : List.of("evenkeel_request_duration_seconds", "evenkeel_added_latency_seconds")) {
            double last = 0;
            for (double count : buckets(series, name)) {
                assertThat(count).isGreaterThanOrEqualTo(last);
                last = count;
            }
            assertThat(last).isPositive().isEqualTo(series.get(name + "_count{route=\"all\",upstream=\"vvm\",}"));
            assertThat(series.get(name + "_sum{route=\"all\",upstream=\"vvm\",}"))
                    .isPositive();
        }
    }

    @Test
    @Timeout(60)
    void nothingIsLostWhileALoopRecordsAndScrapesRead() throws Exception {
        RouteMeter meter = telemetry.loop(0).meter("web", "all", "vvm");
        AtomicBoolean done = new AtomicBoolean();
        int count = 2_000_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                meter.record(i % 2 == 0 ? 200 : 503, i * 100L, i);
            }
            done.set(true);
        });
        writer.start();
        double last = 0;
        while (!done.get()) {
            double now = scrape().getOrDefault(
                            "evenkeel_request_duration_seconds_count{route=\"all\",upstream=\"vvm\",}", 0.0);
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        writer.join();

        assertThat(scrape())
                .containsEntry(
                        "evenkeel_request_duration_seconds_count{route=\"all\",upstream=\"vvm\",}", (double) count)
                .containsEntry(
                        "evenkeel_requests_total{listener=\"web\",route=\"all\",upstream=\"vvm\",code=\"503\",}",
                        count / 2.0);
    }

    @Test
    void everyMetricIsOnThePageWithItsHelp() throws Exception {
        telemetry.loop(0).meter("web", "all", "vvm").record(200, 1, 1);
        String text = text();

        for (Metric metric : Metric.values()) {
            assertThat(text).contains("# HELP " + metric.metricName() + " " + metric.help() + "\n");
        }
        assertThat(text).contains("\njvm_memory_bytes_used{").contains("\nprocess_start_time_seconds ");
    }

    @Test
    void promtoolFindsNothingToSay() throws Exception {
        telemetry.loop(0).meter("we\"b", "al\\l", "v\nvm").record(200, 1_000_000, 10_000);
        assertThat(Promtool.complaints(text())).isEmpty();
    }

    private static List<Double> buckets(Map<String, Double> series, String name) {
        List<Double> buckets = new ArrayList<>();
        series.forEach((key, value) -> {
            if (key.startsWith(name + "_bucket{")) {
                buckets.add(value);
            }
        });
        return buckets;
    }

    private Map<String, Double> scrape() {
        Map<String, Double> series = new LinkedHashMap<>();
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            series.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return series;
    }

    private String text() {
        StringWriter text = new StringWriter();
        try {
            page.write(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private static EndpointStatus endpoint(String address, Health health, boolean ejected) {
        Optional<Ejection> out = ejected ? Optional.of(new Ejection("why", Instant.EPOCH)) : Optional.empty();
        Standing standing = new Standing(health, "", 1.5, 100, health != Health.UNHEALTHY, out);
        return new EndpointStatus(address, REPORTED, standing, DrainStatus.NONE, false, 3, 17, 1, OptionalInt.empty());
    }
}
