package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final Path folder;
    private Path file;
    private ConfigWatcher watcher;

    ConfigWatcherTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        file = folder.resolve("evenkeel.yaml");
        write(file, "a");
        watcher = watcher(file, config -> apply(config, applied));
    }

    private static ConfigWatcher watcher(Path file, Applier applier) {
        Loaded running = ConfigFile.load(file);
        return new ConfigWatcher(file, running, Environment.system(), applier, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<String> apply(RouterConfig config, List<String> applied) {
        applied.add(config.listeners().get(0).name());
        return List.of();
    }

    private static void write(Path file, String name) throws IOException {
        Files.writeString(file, "listeners: [{ name: " + name + ", address: '127.0.0.1:0' }]\n");
    }

    private void lookTwice() {
        watcher.look();
        watcher.look();
    }

    @Test
    void anUnchangedFileIsNotReloaded() {
        lookTwice();

        assertThat(applied).isEmpty();
        assertThat(watcher.reloads()).isEqualTo(Reloads.NONE);
    }

    @Test
    void aChangeIsAppliedOnceItHasSettled() throws IOException {
        write(file, "b");
        watcher.look();
        assertThat(applied).isEmpty();

        lookTwice();

        assertThat(applied).containsExactly("b");
        assertThat(watcher.reloads()).isEqualTo(Reloads.NONE.withApplied(NOW));
    }

    @Test
    void aFileThatKeepsChangingIsLeftAlone() throws IOException {
        for (String name : List.of("b", "c", "d")) {
            write(file, name);
            watcher.look();
        }

        assertThat(applied).isEmpty();
    }

    @Test
    void anAtomicRenameIsNoticed() throws IOException {
        Path next = folder.resolve("next");
        write(next, "b");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        lookTwice();

        assertThat(applied).containsExactly("b");
    }

    @Test
    void aReplacedFolderLinkIsNoticed() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        write(one.resolve("c.yaml"), "a");
        write(two.resolve("c.yaml"), "b");
        Path link = Files.createSymbolicLink(folder.resolve("data"), one);
        file = link.resolve("c.yaml");
        watcher = watcher(file, config -> apply(config, applied));
        Path newLink = Files.createSymbolicLink(folder.resolve("data.new"), two);
        Files.move(newLink, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        lookTwice();

        assertThat(applied).containsExactly("b");
    }

    @Test
    void aBadFileChangesNothingAndAGoodOneThenDoes() throws IOException {
        Files.writeString(file, "listeners: []\n");
        lookTwice();
        lookTwice();
        assertThat(applied).isEmpty();
        assertThat(watcher.reloads()).isEqualTo(Reloads.NONE.withRejected());

        write(file, "b");
        lookTwice();

        assertThat(applied).containsExactly("b");
        assertThat(watcher.reloads().rejected()).isEqualTo(1);
        assertThat(watcher.reloads().lastApplied()).contains(NOW);
    }

    @Test
    void aFileThatIsGoneIsReportedOnceAndNoticedWhenItIsBack() throws IOException {
        Files.delete(file);
        lookTwice();
        lookTwice();
        assertThat(watcher.reloads().rejected()).isEqualTo(1);

        write(file, "a");
        lookTwice();

        assertThat(applied).containsExactly("a");
    }

    @Test
    void reloadAppliesEvenAnUnchangedFile() {
        assertThat(watcher.reload()).isEmpty();

        assertThat(applied).containsExactly("a");
    }

    @Test
    void reloadTellsEveryProblemOfTheFile() throws IOException {
        Files.writeString(file, "listeners: []\nadmin: no\n");

        assertThat(watcher.reload())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        file + ":1:12: listeners: an empty list (expected: at least 1 element)",
                        file + ":2:8: admin: no (expected: a mapping)");
    }

    @Test
    void whatTheApplierRefusesIsAProblem() {
        watcher = watcher(file, config -> List.of("listener web: 127.0.0.1:80 is in use"));

        assertThat(watcher.reload())
                .extracting(ConfigProblem::toString)
                .containsExactly(file + ":1:1: listener web: 127.0.0.1:80 is in use");
        assertThat(watcher.reloads().rejected()).isEqualTo(1);
    }

    @Test
    void whatTheApplierThrowsIsAProblemOnOneLine() {
        watcher = watcher(file, config -> {
            throw new IOException("two\nlines");
        });

        assertThat(watcher.reload())
                .extracting(ConfigProblem::what)
                .containsExactly("cannot be applied: java.io.IOException: two?lines");
    }

    @Test
    void aClosedWatcherReloadsNothing() {
        watcher.close();

        assertThat(watcher.reload())
                .extracting(ConfigProblem::what)
                .containsExactly("not reloaded: the router is stopping");
        assertThat(applied).isEmpty();
    }

    @Test
    void aStartedWatcherLooksByItself() throws IOException {
        try (ConfigWatcher started =
                ConfigWatcher.start(file, ConfigFile.load(file), config -> apply(config, applied))) {
            write(file, "b");

            await().until(() -> started.reloads().applied() == 1);
            assertThat(applied).containsExactly("b");
        }
    }
}
