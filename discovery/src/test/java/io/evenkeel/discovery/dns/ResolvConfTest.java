package io.evenkeel.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvConfTest {

    @Test
    void dockersFileIsUnderstood() {
        ResolvConf conf = ResolvConf.parse(
                List.of("# by Docker", "nameserver 127.0.0.11", "search lab.example.org", "options edns0 ndots:0"));
        assertThat(conf.servers()).containsExactly(new InetSocketAddress("127.0.0.11", 53));
        assertThat(conf.candidates("vvm")).containsExactly("vvm.", "vvm.lab.example.org.");
    }

    @Test
    void aNameThatEndsInADotIsAskedAsItIs() {
        assertThat(conf(5, "a.example", "b.example").candidates("tasks.vvm.")).containsExactly("tasks.vvm.");
    }

    @Test
    void aNameWithEnoughDotsIsAskedAsItIsFirst() {
        assertThat(conf(1, "a.example").candidates("tasks.vvm")).containsExactly("tasks.vvm.", "tasks.vvm.a.example.");
    }

    @Test
    void aNameWithFewerDotsIsSearchedFirst() {
        assertThat(conf(2, "a.example", "b.example").candidates("tasks.vvm"))
                .containsExactly("tasks.vvm.a.example.", "tasks.vvm.b.example.", "tasks.vvm.");
    }

    @Test
    void withoutAServerTheLocalHostIsAsked() {
        assertThat(ResolvConf.parse(List.of("search a.example")).servers())
                .singleElement()
                .satisfies(server ->
                        assertThat(server.getAddress().isLoopbackAddress()).isTrue());
    }

    @Test
    void aMissingFileIsAnEmptyFile(@TempDir Path dir) {
        assertThat(ResolvConf.read(dir.resolve("none"))).isEqualTo(ResolvConf.parse(List.of()));
    }

    @Test
    void commentsMayBeInAnyEncoding(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("resolv.conf");
        Files.write(file, new byte[] {'#', (byte) 0xFC, (byte) 0xE4, '\n'});
        Files.writeString(file, "nameserver 10.0.0.1\n", StandardOpenOption.APPEND);
        assertThat(ResolvConf.read(file).servers()).containsExactly(new InetSocketAddress("10.0.0.1", 53));
    }

    @Test
    void whatIsMoreThanTheManualAllowsIsNotUsed() {
        ResolvConf conf = ResolvConf.parse(List.of(
                "nameserver 10.0.0.1",
                "nameserver 10.0.0.2",
                "nameserver fd00::3",
                "nameserver 10.0.0.4",
                "nameserver not-an-address",
                "nameserver",
                "search a b c d e f g h",
                "options ndots:99 ndots:x"));
        assertThat(conf.servers()).hasSize(3);
        assertThat(conf.search()).hasSize(6);
        assertThat(conf.ndots()).isEqualTo(15);
    }

    private static ResolvConf conf(int ndots, String... search) {
        return ResolvConf.parse(List.of("search " + String.join(" ", search), "options ndots:" + ndots));
    }
}
