package io.evenkeel.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.discovery.LookupFailure;
import io.evenkeel.discovery.testing.DnsServer;
import io.evenkeel.discovery.testing.DnsZone;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLookupTest {

    private final DnsZone zone = new DnsZone();
    private final DnsServer server = new DnsServer(zone);
    private final DnsClient client = new DnsClient();

    @TempDir
    Path dir = Path.of("");

    @BeforeEach
    void emptyHostsFile() throws IOException {
        hosts("");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void theHostsFileHasTheFirstWord() throws IOException {
        zone.address("vvm.", "10.9.9.9");
        hosts("10.0.0.1 vvm");
        assertThat(find("vvm")).containsExactly("10.0.0.1:9001");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aChangedHostsFileCountsAtTheNextLook() throws IOException {
        hosts("10.0.0.1 vvm");
        assertThat(find("vvm")).containsExactly("10.0.0.1:9001");
        hosts("10.0.0.2 vvm");
        assertThat(find("VVM")).containsExactly("10.0.0.2:9001");
    }

    @Test
    void aNameThatIsNotInTheHostsFileIsAskedFor() {
        zone.address("vvm.", "10.0.0.1", "10.0.0.2");
        assertThat(find("vvm")).containsExactly("10.0.0.1:9001", "10.0.0.2:9001");
    }

    @Test
    void theSecondFamilyOfAHostIsNoSecondEndpoint() throws IOException {
        hosts("127.0.0.1 localhost\n::1 localhost");
        zone.address("vvm.", "10.0.0.1", "fd00::1").address("six.", "fd00::6");
        assertThat(find("localhost")).containsExactly("127.0.0.1:9001");
        assertThat(find("vvm")).containsExactly("10.0.0.1:9001");
        assertThat(find("six")).containsExactly("[fd00::6]:9001");
    }

    @Test
    void aNameNobodyKnowsIsAFailureThatSaysSo() {
        assertThatThrownBy(() -> find("nobody"))
                .hasCauseInstanceOf(LookupFailure.class)
                .hasMessageContaining("nobody.")
                .hasMessageContaining("NXDOMAIN");
    }

    private void hosts(String content) throws IOException {
        Files.writeString(dir.resolve("hosts"), content + "\n");
    }

    private List<String> find(String host) {
        ResolvConf conf = ResolvConf.ofServers(List.of(server.address()));
        AddressLookup dns = new AddressLookup(client, () -> conf, host, 9001, Duration.ofSeconds(10));
        return new HostLookup(dir.resolve("hosts").toFile(), host, 9001, dns)
                .endpoints().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join().stream()
                        .map(endpoint -> NetUtil.toSocketAddressString(endpoint.address()))
                        .toList();
    }
}
