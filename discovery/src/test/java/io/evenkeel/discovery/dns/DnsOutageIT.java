package io.evenkeel.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.MergeConfig;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointMerger;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Lookup;
import io.evenkeel.discovery.LookupFailure;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.PollingSource;
import io.evenkeel.discovery.SourceFactory;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.DnsZone.Fault;
import io.evenkeel.discovery.testing.ScriptedSources;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An upstream of thirty tasks, found by asking a real DNS server that is ill for hours, which pass in virtual time. */
class DnsOutageIT {

    /** More than fit into a datagram. */
    private static final int TASKS = 30;

    private static final String NAME = "tasks.vvm.";
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** For questions that are not answered. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final DnsZone zone = new DnsZone().address(NAME, tasks(1, TASKS));
    private final DnsServer server = new DnsServer(zone);
    private final DnsClient client = new DnsClient();
    private final List<List<MergedEndpoint>> told = new ArrayList<>();
    private final EndpointMerger merger =
            new EndpointMerger("vvm", Discovery.of(scheduler, new AskedInTurn()), told::add);

    /** Makes a source whose lookups end before virtual time moves. */
    private final class AskedInTurn implements SourceFactory {
        private final ResolvConf conf = ResolvConf.ofServers(List.of(server.address()));
        private final Lookup patient = new AddressLookup(client, () -> conf, NAME, 80, PATIENT);
        private final Lookup hasty = new AddressLookup(client, () -> conf, NAME, 80, SHORT);

        @Override
        public List<EndpointSource> create(EndpointSourceConfig config) {
            Lookup lookup = () -> ended(hopeless ? hasty : patient);
            return List.of(new PollingSource("dns:" + NAME, lookup, INTERVAL, scheduler, new SplittableRandom(1)));
        }

        @Override
        public void close() {}
    }

    private boolean hopeless;

    @BeforeEach
    void start() {
        merger.apply(List.of(ScriptedSources.entry("any")), MergeConfig.defaults());
        assertThat(latest()).hasSize(TASKS);
    }

    @AfterEach
    void stop() {
        merger.close();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"NXDOMAIN, 180", "SERVFAIL, 20", "REFUSED, 20", "EMPTY, 20", "WRONG_OWNER, 20"})
    void refusalsForHoursTakeNothingAwayAndAreCounted(Fault fault, int minutes) {
        zone.fault(NAME, fault);
        scheduler.advance(Duration.ofMinutes(minutes));
        assertThat(told).hasSize(1);
        assertThat(status().failures()).isBetween(5L * minutes, 7L * minutes);
        assertThat(status().failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains(NAME));
        assertThat(status().endpoints()).isEqualTo(TASKS);
        itRecovers();
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL", "STALL_TCP", "CLOSE_TCP", "WRONG_ID", "WRONG_QUESTION", "GARBAGE"})
    void silenceAndNonsenseTakeNothingAwayAndAreCounted(Fault fault) {
        hopeless = true;
        zone.fault(NAME, fault);
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(told).hasSize(1);
        assertThat(status().failures()).isBetween(4L, 5L);
        zone.fault(NAME, Fault.STALL); // as long as what the last question left open over TCP
        scheduler.advance(INTERVAL.multipliedBy(2));
        hopeless = false;
        itRecovers();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUFFLE", "DUPLICATE"})
    void neitherOrderNorRepetitionsAreChanges(Fault fault) {
        zone.fault(NAME, fault);
        scheduler.advance(INTERVAL.multipliedBy(50));
        assertThat(status().successes()).isGreaterThan(40);
        assertThat(told).hasSize(1);
    }

    @Test
    void aThirdOfTheTasksAfterAnOutageIsDoubtedForHalfAMinute() {
        zone.fault(NAME, Fault.NXDOMAIN);
        scheduler.advance(Duration.ofHours(1));
        zone.clear(NAME).address(NAME, tasks(1, TASKS / 3)).fault(NAME, Fault.NONE);
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(latest()).hasSize(TASKS);
        assertThat(status().held()).isPresent();
        scheduler.advance(INTERVAL.multipliedBy(3));
        assertThat(latest()).hasSize(TASKS / 3);
    }

    @Test
    void aThirdOfTheTasksWithoutAnOutageIsBelieved() {
        zone.clear(NAME).address(NAME, tasks(1, TASKS / 3));
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(latest()).hasSize(TASKS / 3);
    }

    private void itRecovers() {
        zone.address(NAME, tasks(TASKS + 1, TASKS + 1)).fault(NAME, Fault.NONE);
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(latest()).hasSize(TASKS + 1);
        assertThat(status().failure()).isEmpty();
    }

    private List<MergedEndpoint> latest() {
        return told.get(told.size() - 1);
    }

    private SourceStatus status() {
        return merger.statuses().get(0);
    }

    private static CompletionStage<List<Endpoint>> ended(Lookup lookup) {
        try {
            return CompletableFuture.completedFuture(lookup.endpoints()
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join());
        } catch (CompletionException e) {
            return CompletableFuture.failedFuture(LookupFailure.of(e));
        }
    }

    private static String[] tasks(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "10.1.0." + i).toArray(String[]::new);
    }
}
