package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.Secret;
import io.evenkeel.config.StickyConfig;
import io.evenkeel.proxy.key.HashSeed;
import io.evenkeel.proxy.key.KeyHash;
import io.evenkeel.proxy.telemetry.Allocations;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointIndexTest {

    private static final StickyCookies COOKIES = new StickyCookies(
            new StickyConfig("s", new Secret("sixteen octets !"), Duration.ZERO, "/", false, StickyConfig.SameSite.LAX),
            "vvm");
    private static final HashSeed SEED = HashSeed.secret();

    private final KeyHash hash = new KeyHash(SEED);

    private static EndpointIndex index(List<EndpointState> endpoints, EndpointIndex before) {
        return new EndpointIndex(endpoints, COOKIES, SEED, before);
    }

    private static EndpointIndex none() {
        return new EndpointIndex(List.of(), COOKIES, SEED, null);
    }

    private @Nullable EndpointState find(EndpointIndex index, byte[] value) {
        return index.find(hash.of(value, 0, value.length), value, 0, value.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 100, 1000})
    void everyEndpointIsFoundByItsCookieAndItsAddress(int count) {
        List<EndpointState> endpoints =
                IntStream.range(1, count + 1).mapToObj(Endpoints::at).toList();
        EndpointIndex index = index(endpoints, none());
        for (EndpointState endpoint : endpoints) {
            assertThat(find(index, COOKIES.value(endpoint.address()))).isSameAs(endpoint);
            assertThat(index.at(Endpoints.address(endpoint.address().getPort())))
                    .isSameAs(endpoint);
        }
        assertThat(find(index, COOKIES.value(Endpoints.address(count + 1)))).isNull();
        assertThat(index.at(Endpoints.address(count + 1))).isNull();
    }

    @Test
    void anEndpointThatCameBackIsFoundByTheCookieItHadBefore() {
        EndpointState before = Endpoints.at(1);
        EndpointState after = Endpoints.at(1);
        byte[] value = COOKIES.value(before.address());
        EndpointIndex index = index(List.of(before), none());
        assertThat(find(index(List.of(), index), value)).isNull();
        assertThat(find(index(List.of(after), index), value)).isSameAs(after);
        assertThat(index(List.of(after), index).fieldLine(after)).isSameAs(index.fieldLine(before));
    }

    @Test
    void findingAllocatesNothing() {
        EndpointState endpoint = Endpoints.at(1);
        EndpointIndex index = index(List.of(endpoint, Endpoints.at(2)), none());
        byte[] value = COOKIES.value(endpoint.address());
        assertThat(Allocations.perRun(10_000, () -> {
                    find(index, value);
                    index.at(endpoint.address());
                    index.fieldLine(endpoint);
                }))
                .isLessThan(1);
    }
}
