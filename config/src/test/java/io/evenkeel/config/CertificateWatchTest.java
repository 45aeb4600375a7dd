package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watcher looks at the files that the configuration names as well. */
class CertificateWatchTest {

    private final List<RouterConfig> applied = new ArrayList<>();
    private final Path folder;
    private final ConfigWatcher watcher;

    CertificateWatchTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectory(folder.resolve("more"));
        write("a");
        Path file = Files.writeString(
                folder.resolve("evenkeel.yaml"),
                "listeners: [{ name: web, address: '127.0.0.1:0', tls: { certificates: [{ chain: a.crt, key: a.key }],"
                        + " directory: more, ocsp-stapling: true } }]\n");
        watcher = new ConfigWatcher(
                file,
                ConfigFile.load(file),
                Environment.system(),
                config -> {
                    applied.add(config);
                    return List.of();
                },
                Clock.systemUTC());
    }

    private void write(String name) throws IOException {
        HeldCertificate made = new HeldCertificate.Builder().build();
        Files.writeString(folder.resolve(name + ".crt"), made.certificatePem());
        Files.writeString(folder.resolve(name + ".key"), made.privateKeyPkcs8Pem());
    }

    private void lookTwice() {
        watcher.look();
        watcher.look();
    }

    @Test
    void filesAreLookedUpBesideTheConfigurationAndLeftAloneWhileTheyStay() {
        lookTwice();
        assertThat(applied).isEmpty();
        assertThat(watcher.reload()).isEmpty();
        assertThat(applied.get(0).listeners().get(0).tls().orElseThrow().certificates())
                .containsExactly(new CertificateConfig(folder + "/a.crt", folder + "/a.key"));
    }

    @Test
    void anotherCertificateAnotherOneInTheFolderAndAResponseBesideItAreNoticed() throws IOException {
        write("a");
        lookTwice();
        assertThat(applied).hasSize(1);

        write("more/b");
        lookTwice();
        assertThat(applied).hasSize(2);

        Files.writeString(folder.resolve("a.ocsp"), "response");
        lookTwice();
        assertThat(applied).hasSize(3);
    }

    @Test
    void whatCannotBeUsedIsRefusedOnceAndItsRepairIsNoticed() throws IOException {
        String right = Files.readString(folder.resolve("a.key"));
        Files.delete(folder.resolve("a.key"));
        lookTwice();
        lookTwice();
        assertThat(applied).isEmpty();
        assertThat(watcher.reloads().rejected()).isEqualTo(1);

        Files.writeString(folder.resolve("a.key"), right);
        lookTwice();
        assertThat(applied).hasSize(1);
        assertThat(watcher.reloads().applied()).isEqualTo(1);
    }
}
