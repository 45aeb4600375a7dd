package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamSnapshot;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.testing.VirtualScheduler;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Heads;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.Allocations;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopAffinityTest {

    private static final long DRAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final ClientAddress CLIENT = ClientAddress.of(InetAddress.getLoopbackAddress(), false);
    private static final UpstreamConfig CONFIG = config("sticky: { cookie: s, secret: 0123456789abcdef }, "
            + "stick-table: { event: e, key: { query: channel } }, panic-percent: 40");

    private final Telemetry telemetry =
            new Telemetry(1, new AccessLogConfig(AccessLogConfig.Format.OFF, Optional.empty(), 1 << 20));
    private final Affinity affinity = Affinity.of(CONFIG, null);
    private final LoopAffinity loop = loop(affinity, Map.of());
    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final Upstream upstream = new Upstream(CONFIG, scheduler, event -> {});

    LoopAffinityTest() {
        upstream.update(List.of(merged(1, "worker"), merged(2, "worker"), merged(3, "other")));
    }

    @AfterEach
    void close() {
        telemetry.close();
    }

    private static UpstreamConfig config(String balancer) {
        return ConfigFile.parse(
                        "test",
                        "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
                                + "upstreams: [{ name: u, endpoints: [{ static: [127.0.0.1:1] }], drain: { sticky: 10s }, "
                                + "balancer: { " + balancer + " } }]\n",
                        name -> null)
                .orThrow()
                .upstreams()
                .get(0);
    }

    private static MergedEndpoint merged(int port, String role) {
        Endpoint bare = Endpoint.at(Endpoints.address(port));
        return MergedEndpoint.of(
                "test", new Endpoint(bare.address(), bare.weight(), bare.node(), Map.of("role", role), bare.health()));
    }

    private LoopAffinity loop(Affinity of, Map<String, String> tags) {
        return new LoopAffinity(of, tags, telemetry.loop(0).upstreamMeter("u"));
    }

    private UpstreamSnapshot snapshot() {
        return upstream.snapshot();
    }

    private EndpointState endpoint(int port) {
        return snapshot().endpoints().get(port - 1);
    }

    /** A request with the cookie of this endpoint. */
    private RequestHead returning(int port) {
        byte[] line = Objects.requireNonNull(loop.fieldLine(endpoint(port), snapshot()));
        String all = Heads.text(line, "Set-Cookie: ".length(), line.length);
        return Heads.request("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + all.substring(0, all.indexOf(';')) + "\r\n\r\n");
    }

    private static RequestHead naming(String channel) {
        return Heads.request("PUT /?channel=" + channel + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** Has this endpoint make a channel known. */
    private void learn(String channel, int port) {
        Learning learning = Objects.requireNonNull(loop.learning(
                Heads.response("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"), endpoint(port)));
        ByteBuf stream = Unpooled.buffer().writeBytes(Heads.octets("event: e\ndata: " + channel + "\n\n"));
        assertThat(learning.look(stream, 0, 0)).isFalse();
        stream.release();
    }

    private @Nullable EndpointState sticky(LoopAffinity of, RequestHead head, long nowNanos) {
        return of.sticky(head, snapshot(), nowNanos);
    }

    private @Nullable EndpointState learned(LoopAffinity of, RequestHead head) {
        return of.learned(head, CLIENT, snapshot(), 1);
    }

    @Test
    void aCookieAndALearnedKeyLeadToTheirEndpoint() {
        learn("x", 2);
        assertThat(sticky(loop, returning(1), 0)).isSameAs(endpoint(1));
        assertThat(learned(loop, naming("x"))).isSameAs(endpoint(2));
        assertThat(learned(loop, naming("y"))).isNull();
    }

    @Test
    void anUnfitEndpointIsPassedOver() {
        learn("x", 1);
        unfit(1);
        assertThat(sticky(loop, returning(1), 0)).isNull();
        assertThat(learned(loop, naming("x"))).isNull();
    }

    @Test
    void inPanicFitnessIsNotAskedFor() {
        unfit(1);
        unfit(2);
        assertThat(snapshot().panicking()).isTrue();
        assertThat(sticky(loop, returning(1), 0)).isSameAs(endpoint(1));
    }

    private void unfit(int port) {
        endpoint(port).standing(Standing.UNCHECKED.with(Standing.Health.UNHEALTHY, "", 0, 100, false));
        upstream.refresh();
        scheduler.advance(Duration.ofSeconds(1));
    }

    @Test
    void aDrainingEndpointKeepsItsOwnForTheConfiguredTime() {
        RequestHead head = returning(1);
        upstream.drain(endpoint(1).address());
        long since = endpoint(1).drainingSinceNanos();
        assertThat(sticky(loop, head, since + DRAIN_NANOS - 1)).isSameAs(endpoint(1));
        assertThat(sticky(loop, head, since + DRAIN_NANOS)).isNull();
        upstream.undrain(endpoint(1).address());
        assertThat(sticky(loop, head, since + DRAIN_NANOS)).isSameAs(endpoint(1));
    }

    @Test
    void aRouteThatWantsTagsIsNotLedToAnEndpointWithoutThem() {
        LoopAffinity workers = loop(affinity, Map.of("role", "worker"));
        learn("x", 3);
        assertThat(sticky(workers, returning(1), 0)).isSameAs(endpoint(1));
        assertThat(sticky(workers, returning(3), 0)).isNull();
        assertThat(learned(workers, naming("x"))).isNull();
        assertThat(learned(loop, naming("x"))).isSameAs(endpoint(3));
    }

    @Test
    void anEndpointThatLeftAndCameBackIsFoundAgain() {
        learn("x", 3);
        RequestHead head = returning(3);
        upstream.update(List.of(merged(1, "worker"), merged(2, "worker")));
        assertThat(sticky(loop, head, 0)).isNull();
        assertThat(learned(loop, naming("x"))).isNull();
        upstream.update(List.of(merged(1, "worker"), merged(2, "worker"), merged(3, "other")));
        assertThat(sticky(loop, head, 0)).isSameAs(endpoint(3));
        assertThat(learned(loop, naming("x"))).isSameAs(endpoint(3));
    }

    @Test
    void eventLoopsShareWhatIsLearned() {
        learn("x", 2);
        assertThat(learned(loop(affinity, Map.of()), naming("x"))).isSameAs(endpoint(2));
    }

    @Test
    void anUpstreamWithoutAnyOfItTiesNothing() {
        LoopAffinity plain = loop(Affinity.of(config("policy: random"), null), Map.of());
        assertThat(plain.ties()).isFalse();
        assertThat(plain.key(naming("x"), CLIENT)).isEqualTo(LoadBalancer.NO_KEY);
        assertThat(plain.fieldLine(endpoint(1), snapshot())).isNull();
    }

    @Test
    void onlyAPolicyThatHashesIsGivenAKey() {
        LoopAffinity hashing = loop(Affinity.of(config("policy: maglev, key: { query: channel }"), null), Map.of());
        assertThat(hashing.key(naming("x"), CLIENT)).isNotEqualTo(LoadBalancer.NO_KEY);
        assertThat(hashing.ties()).isFalse();
    }

    @Test
    void goodCookiesAndKnownKeysAllocateNothing() {
        learn("x", 2);
        RequestHead cookie = returning(1);
        RequestHead key = naming("x");
        assertThat(Allocations.perRun(10_000, () -> {
                    sticky(loop, cookie, 0);
                    learned(loop, key);
                }))
                .isLessThan(1);
    }
}
