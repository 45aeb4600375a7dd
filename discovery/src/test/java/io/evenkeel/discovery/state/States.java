package io.evenkeel.discovery.state;

import static io.evenkeel.discovery.testing.ScriptedSource.address;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.SourceKey;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Last good sets for tests. */
final class States {

    static final SourceKey CONSUL = SourceKey.of("vvm", "consul:vvm", "a configuration");
    static final SourceKey DNS = SourceKey.of("vvm", "dns:tasks.vvm", "another");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Everything that an endpoint can have, and text that has to be escaped. */
    static final List<Endpoint> VARIED = List.of(
            new Endpoint(
                    address(1),
                    1_000,
                    Optional.of("node \"1\"\n"),
                    Map.of("role", "worker", "ä\u0000\"\\", "true"),
                    Endpoint.Health.PASSING),
            new Endpoint(address(2), 1, Optional.empty(), Map.of(), Endpoint.Health.CRITICAL),
            Endpoint.at(new InetSocketAddress(Literals.address("2001:db8::1").orElseThrow(), 65_535)));

    private States() {}

    static Map<SourceKey, LastGood> varied() {
        return Map.of(
                CONSUL, new LastGood(NOON, VARIED),
                DNS, new LastGood(NOON.minusSeconds(1), List.of()));
    }
}
