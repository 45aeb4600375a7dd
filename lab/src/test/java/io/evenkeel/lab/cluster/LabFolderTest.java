package io.evenkeel.lab.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFolderTest {

    private final Path run;
    private final LabFolder folder;
    private final Map<String, ServerSocketChannel> engines = new HashMap<>();

    LabFolderTest(@TempDir Path run) {
        this.run = run;
        this.folder = new LabFolder(run);
    }

    @BeforeEach
    void threeNodes() throws IOException {
        for (String node : new String[] {"n1", "n2", "n3"}) {
            Files.createDirectory(run.resolve(node));
            engines.put(
                    node,
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                            .bind(UnixDomainSocketAddress.of(folder.socket(node))));
        }
    }

    @AfterEach
    void endAll() throws IOException {
        for (String node : engines.keySet()) {
            end(node);
        }
    }

    private void end(String node) throws IOException {
        requireNonNull(engines.get(node)).close();
    }

    private void doTo(String node, String how) throws IOException {
        Files.writeString(run.resolve(node).resolve("how"), how + "\n");
    }

    @Test
    void enginesListen() throws IOException {
        assertThat(folder.nodes()).containsExactly("n1", "n2", "n3");
        assertThat(folder.enginesListen()).isTrue();
        doTo("n2", "cut");
        assertThat(folder.enginesListen()).isTrue();
    }

    @Test
    void thatOfANodeWithoutPowerNeedNot() throws IOException {
        end("n3");
        doTo("n3", "kill");
        assertThat(folder.enginesListen()).isTrue();
    }

    @Test
    void thatOfACutNodeMust() throws IOException {
        end("n3");
        doTo("n3", "cut");
        assertThat(folder.enginesListen()).isFalse();
    }

    @Test
    void socketsOfEnginesThatEndedAreNoLab() throws IOException {
        endAll();
        assertThat(folder.nodes()).containsExactly("n1", "n2", "n3");
        assertThat(folder.enginesListen()).isFalse();
    }

    @Test
    void twoNodesAreNoLab() throws IOException {
        Files.delete(folder.socket("n1"));
        assertThat(folder.enginesListen()).isFalse();
    }

    @Test
    void neitherAreNodesThatAllLostTheirPower() throws IOException {
        endAll();
        for (String node : folder.nodes()) {
            doTo(node, "kill");
        }
        assertThat(folder.enginesListen()).isFalse();
    }
}
