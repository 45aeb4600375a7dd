package io.evenkeel.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.affinity.StickTable;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What of one table is still known in the next. */
class RouteMemoryTest {

    private static final String LIMIT = "rate-limit: { requests: 10 }";
    private static final String TABLE = "stick-table: { event: e, key: { header: K } }";

    private final RouteMemory first = RouteMemory.empty();

    private static RouterConfig config(String route, String balancer) {
        return ConfigFile.parse(
                        "test",
                        "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
                                + "routes: [{ name: r, upstream: u, " + route + " }]\n"
                                + "upstreams: [{ name: u, endpoints: [{ static: [127.0.0.1:1] }], balancer: { "
                                + balancer
                                + " } }]\n",
                        name -> null)
                .orThrow();
    }

    private static Object limit(RouteMemory memory, String route) {
        return Objects.requireNonNull(
                memory.rateLimit(config(route, "").routes().get(0)));
    }

    private static StickTable table(RouteMemory memory, String balancer) {
        return Objects.requireNonNull(
                memory.affinity(config("", balancer).upstreams().get(0)).stickTable());
    }

    @Test
    void aLimitThatStaysTheSameKeepsWhatWasTaken() {
        Object limit = limit(first, LIMIT);
        RouteMemory second = first.next();
        assertThat(limit(second, LIMIT)).isSameAs(limit);
        assertThat(limit(second.next(), LIMIT)).isSameAs(limit);
        assertThat(limit(second.next(), "rate-limit: { requests: 11 }")).isNotSameAs(limit);
    }

    @Test
    void aRouteWithoutALimitHasNone() {
        assertThat(first.rateLimit(config("", "").routes().get(0))).isNull();
    }

    @Test
    void aTableThatStaysTheSameKeepsItsKeysWhateverElseChanges() {
        StickTable table = table(first, TABLE);
        RouteMemory second = first.next();
        assertThat(table(second, TABLE + ", policy: random")).isSameAs(table);
        assertThat(table(second.next(), TABLE + ", policy: random")).isSameAs(table);
        assertThat(table(first.next(), "stick-table: { event: other, key: { header: K } }"))
                .isNotSameAs(table);
    }

    @Test
    void theRoutesOfAnUpstreamShareItsTable() {
        assertThat(table(first, TABLE)).isSameAs(table(first, TABLE));
        assertThat(first.affinities()).hasSize(1);
    }

    @Test
    void whatIsNotConfiguredForATimeIsForgotten() {
        Object limit = limit(first, LIMIT);
        assertThat(limit(first.next().next(), LIMIT)).isNotSameAs(limit);
    }
}
