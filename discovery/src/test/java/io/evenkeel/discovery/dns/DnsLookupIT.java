package io.evenkeel.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Lookup;
import io.evenkeel.discovery.LookupFailure;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.evenkeel.discovery.testing.DnsZone.Fault;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DnsLookupIT {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** For questions one of which is answered and one is not. */
    private static final Duration FAIR = Duration.ofSeconds(1);

    /** For questions that are not answered. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final int PORT = 8822;

    private final DnsZone zone = new DnsZone();
    private final DnsServer server = new DnsServer(zone);
    private final DnsClient client = new DnsClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bothAddressFamiliesAreEndpointsInTheOrderOfTheirAddresses() {
        zone.address("tasks.vvm.", "10.0.0.9", "fd00::1", "10.0.0.10");
        assertThat(addresses("tasks.vvm.")).containsExactly("10.0.0.9:8822", "10.0.0.10:8822", "[fd00::1]:8822");
    }

    @Test
    void moreRecordsThanFitIntoADatagramComeOverTcp() {
        String[] many =
                IntStream.rangeClosed(1, 200).mapToObj(i -> "10.1.0." + i).toArray(String[]::new);
        zone.address("tasks.vvm.", many);
        assertThat(addresses("tasks.vvm.")).hasSize(200);
        assertThat(server.asked()).contains(new DnsServer.Asked("tasks.vvm.", "A", true));
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL_TCP", "CLOSE_TCP"})
    void aTruncatedAnswerThatTcpCannotCompleteIsAFailureNotASmallerSet(Fault fault) {
        String[] many =
                IntStream.rangeClosed(1, 30).mapToObj(i -> "10.1.0." + i).toArray(String[]::new);
        zone.address("tasks.vvm.", many).fault("tasks.vvm.", fault);
        assertThatThrownBy(() -> find(lookup("tasks.vvm.", SHORT))).hasMessageContaining("A tasks.vvm.: ");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NXDOMAIN",
                "SERVFAIL",
                "REFUSED",
                "EMPTY",
                "STALL",
                "WRONG_ID",
                "WRONG_OWNER",
                "WRONG_QUESTION",
                "GARBAGE"
            })
    void everyFaultIsAFailureThatSaysWhatWasAsked(Fault fault) {
        zone.address("tasks.vvm.", "10.0.0.1").fault("tasks.vvm.", fault);
        assertThatThrownBy(() -> find(lookup("tasks.vvm.", SHORT)))
                .hasCauseInstanceOf(LookupFailure.class)
                .hasMessageContaining("tasks.vvm.");
    }

    @Test
    void silenceIsSaidInOurOwnWords() {
        zone.address("tasks.vvm.", "10.0.0.1").fault("tasks.vvm.", Fault.STALL);
        assertThatThrownBy(() -> find(lookup("tasks.vvm.", SHORT)))
                .hasMessageEndingWith("A tasks.vvm.: no answer within " + SHORT.toMillis() + " ms from 127.0.0.1:"
                        + server.address().getPort());
    }

    @Test
    void theFailureNamesTheServerAndItsAnswer() {
        zone.fault("tasks.vvm.", Fault.SERVFAIL);
        assertThatThrownBy(() -> find(lookup("tasks.vvm.", PATIENT)))
                .hasMessageContaining("SERVFAIL")
                .hasMessageContaining(NetUtil.toSocketAddressString(server.address()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUFFLE", "DUPLICATE"})
    void neitherTheOrderNorRepetitionsMatter(Fault fault) {
        zone.address("tasks.vvm.", "10.0.0.1", "10.0.0.2", "10.0.0.3").fault("tasks.vvm.", fault);
        Lookup lookup = lookup("tasks.vvm.", PATIENT);
        for (int poll = 0; poll < 10; poll++) {
            assertThat(texts(find(lookup))).containsExactly("10.0.0.1:8822", "10.0.0.2:8822", "10.0.0.3:8822");
        }
    }

    @Test
    void noAnswerIsCachedWhateverItsTtl() {
        zone.address("tasks.vvm.", "10.0.0.1");
        Lookup lookup = lookup("tasks.vvm.", PATIENT);
        assertThat(find(lookup)).hasSize(1);
        zone.address("tasks.vvm.", "10.0.0.2");
        assertThat(find(lookup)).hasSize(2);
        zone.clear("tasks.vvm.");
        assertThatThrownBy(() -> find(lookup)).hasMessageContaining("NXDOMAIN");
        zone.address("tasks.vvm.", "10.0.0.3");
        assertThat(texts(find(lookup))).containsExactly("10.0.0.3:8822");
        assertThat(server.asked("tasks.vvm.", "A")).isEqualTo(4);
    }

    @Test
    void anAliasIsFollowed() {
        zone.alias("vvm.example.", "node-1.example.", "10.0.0.1");
        assertThat(addresses("vvm.example.")).containsExactly("10.0.0.1:8822");
    }

    @Test
    void theNextServerIsAskedWhenTheFirstDoesNotKnow() {
        zone.address("tasks.vvm.", "10.0.0.1");
        DnsZone broken = new DnsZone().fault("tasks.vvm.", Fault.STALL);
        try (DnsServer first = new DnsServer(broken)) {
            ResolvConf conf = ResolvConf.ofServers(List.of(first.address(), server.address()));
            Lookup lookup = new AddressLookup(client, () -> conf, "tasks.vvm.", PORT, FAIR);
            assertThat(texts(find(lookup))).containsExactly("10.0.0.1:8822");
            assertThat(first.asked()).isNotEmpty();
        }
    }

    @Test
    void aNameThatDoesNotExistIsNotLookedForAtTheNextServer() {
        try (DnsServer second = new DnsServer(new DnsZone().address("tasks.vvm.", "10.0.0.1"))) {
            ResolvConf conf = ResolvConf.ofServers(List.of(server.address(), second.address()));
            Lookup lookup = new AddressLookup(client, () -> conf, "tasks.vvm.", PORT, PATIENT);
            assertThatThrownBy(() -> find(lookup)).hasMessageContaining("NXDOMAIN");
            assertThat(second.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NXDOMAIN", "SERVFAIL", "STALL"})
    void aFamilyThatNeverHadARecordMayFail(Fault fault) {
        zone.address("tasks.vvm.", "10.0.0.1").fault("tasks.vvm.", DnsRecordType.AAAA, fault);
        assertThat(texts(find(lookup("tasks.vvm.", FAIR)))).containsExactly("10.0.0.1:8822");
    }

    @ParameterizedTest
    @EnumSource(names = {"NXDOMAIN", "SERVFAIL", "STALL"})
    void aFamilyThatHadRecordsMayNot(Fault fault) {
        zone.address("tasks.vvm.", "10.0.0.1", "fd00::1");
        Lookup lookup = lookup("tasks.vvm.", FAIR);
        assertThat(find(lookup)).hasSize(2);
        zone.fault("tasks.vvm.", DnsRecordType.A, fault);
        assertThatThrownBy(() -> find(lookup)).hasMessageContaining("A tasks.vvm.");
    }

    @Test
    void shortNamesAreSearchedForAndTheOneFoundIsAskedFromThenOn() {
        zone.address("vvm.a.example.", "10.0.0.1").address("vvm.b.example.", "10.66.66.66");
        ResolvConf conf =
                new ResolvConf(List.of(server.address()), List.of("none.example", "a.example", "b.example"), 1);
        Lookup lookup = new AddressLookup(client, () -> conf, "vvm", PORT, PATIENT);
        assertThat(texts(find(lookup))).containsExactly("10.0.0.1:8822");
        zone.clear("vvm.a.example.");
        assertThatThrownBy(() -> find(lookup)).hasMessageContaining("vvm.a.example.");
        assertThat(server.asked("vvm.b.example.", "A")).isZero();
    }

    @Test
    void theSearchStopsAtAServerThatFails() {
        zone.fault("tasks.vvm.", Fault.SERVFAIL).address("tasks.vvm.wild.example.", "10.66.66.66");
        ResolvConf conf = new ResolvConf(List.of(server.address()), List.of("wild.example"), 0);
        Lookup lookup = new AddressLookup(client, () -> conf, "tasks.vvm", PORT, PATIENT);
        assertThatThrownBy(() -> find(lookup)).hasMessageContaining("SERVFAIL");
    }

    @Test
    void whatIsNotADomainNameIsAFailure() {
        assertThatThrownBy(() -> find(lookup("a".repeat(300) + ".", PATIENT))).hasCauseInstanceOf(LookupFailure.class);
    }

    @Test
    void servicesBringTheirPortsAndWeights() {
        zone.service("_http._tcp.vvm.", 1, 10, 9001, "one.example.")
                .service("_http._tcp.vvm.", 1, 30, 9002, "two.example.")
                .alongWith("_http._tcp.vvm.", "one.example.", "10.0.0.1")
                .address("two.example.", "10.0.0.2", "fd00::2");
        List<Endpoint> found = find(services("_http._tcp.vvm.", PATIENT));
        assertThat(texts(found)).containsExactly("10.0.0.1:9001", "10.0.0.2:9002", "[fd00::2]:9002");
        assertThat(found).extracting(Endpoint::weight).containsExactly(10, 30, 30);
        assertThat(server.asked("one.example.", "A")).isZero();
    }

    @Test
    void servicesOfLesserPriorityAreNotUsed() {
        zone.service("srv.", 2, 1, 9002, "two.example.").service("srv.", 1, 1, 9001, "one.example.");
        zone.address("one.example.", "10.0.0.1").address("two.example.", "10.0.0.2");
        assertThat(texts(find(services("srv.", PATIENT)))).containsExactly("10.0.0.1:9001");
    }

    @Test
    void weightsBeyondTheRangeAreScaledIntoIt() {
        zone.service("srv.", 1, 65_535, 9001, "one.example.").service("srv.", 1, 0, 9002, "one.example.");
        zone.address("one.example.", "10.0.0.1");
        assertThat(find(services("srv.", PATIENT))).extracting(Endpoint::weight).containsExactly(1_000, 1);
    }

    @Test
    void aTargetThatCannotBeResolvedKeepsItsAddresses() {
        zone.service("srv.", 1, 1, 9001, "one.example.").service("srv.", 1, 1, 9002, "two.example.");
        zone.address("one.example.", "10.0.0.1").address("two.example.", "10.0.0.2");
        Lookup lookup = services("srv.", FAIR);
        List<Endpoint> whole = find(lookup);
        for (Fault fault : List.of(Fault.NXDOMAIN, Fault.SERVFAIL, Fault.STALL)) {
            zone.fault("two.example.", fault);
            assertThat(find(lookup)).isEqualTo(whole);
        }
    }

    @Test
    void aServiceThatIsDecidedlyNotThereIsAFailure() {
        zone.service("srv.", 0, 0, 0, ".");
        assertThatThrownBy(() -> find(services("srv.", PATIENT))).hasCauseInstanceOf(LookupFailure.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"NXDOMAIN", "SERVFAIL", "EMPTY", "STALL", "GARBAGE", "WRONG_QUESTION"})
    void everyFaultOfAServiceIsAFailure(Fault fault) {
        zone.service("srv.", 1, 1, 9001, "one.example.").fault("srv.", fault);
        assertThatThrownBy(() -> find(services("srv.", SHORT)))
                .hasCauseInstanceOf(LookupFailure.class)
                .hasMessageContaining("SRV srv.");
    }

    @Test
    void manyServicesComeOverTcp() {
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            zone.service("srv.", 1, 1, 9000 + i, "t" + i + ".").alongWith("srv.", "t" + i + ".", "10.0.0." + i);
            expected.add("10.0.0." + i + ":" + (9000 + i));
        }
        assertThat(texts(find(services("srv.", PATIENT)))).containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<String> addresses(String name) {
        return texts(find(lookup(name, PATIENT)));
    }

    private Lookup lookup(String name, Duration timeout) {
        return new AddressLookup(client, this::conf, name, PORT, timeout);
    }

    private Lookup services(String name, Duration timeout) {
        return new ServiceLookup(client, this::conf, name, timeout);
    }

    private ResolvConf conf() {
        return ResolvConf.ofServers(List.of(server.address()));
    }

    private static List<Endpoint> find(Lookup lookup) {
        return lookup.endpoints()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static List<String> texts(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::address).map(DnsLookupIT::text).toList();
    }

    private static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
