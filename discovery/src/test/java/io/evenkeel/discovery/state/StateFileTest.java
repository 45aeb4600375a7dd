package io.evenkeel.discovery.state;

import static io.evenkeel.discovery.state.States.CONSUL;
import static io.evenkeel.discovery.state.States.DNS;
import static io.evenkeel.discovery.state.States.NOON;
import static io.evenkeel.discovery.state.States.VARIED;
import static io.evenkeel.discovery.testing.ScriptedSource.endpoints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.SourceKey;
import io.evenkeel.discovery.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration WRITE_EVERY = Duration.ofMillis(300);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path path;

    private final CapturedLog log = new CapturedLog("io.evenkeel.discovery.state");
    private volatile Instant now = NOON;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("state");
    }

    @AfterEach
    void leaveTheLog() {
        log.close();
    }

    @Test
    void whatIsKeptIsRecalledAfterARestart() {
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isEmpty();
            store.keep(CONSUL, VARIED);
            store.keep(DNS, List.of());
        }
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).contains(new LastGood(NOON, VARIED));
            assertThat(store.recall(DNS)).contains(new LastGood(NOON, List.of()));
            assertThat(store.recall(SourceKey.of("vvm", "consul:vvm", "changed")))
                    .isEmpty();
        }
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void itIsWrittenWithoutBeingClosedAndNotAgainWhileNothingChanges() {
        LastGoodStore store = open();
        store.keep(CONSUL, VARIED);
        await().atMost(PATIENCE).until(() -> store.status().writes() == 1);
        store.keep(CONSUL, List.copyOf(VARIED));
        store.close();
        assertThat(store.status().writes()).isEqualTo(1);
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
    }

    @Test
    void manyChangesAreFewWrites() {
        try (LastGoodStore store = open()) {
            long beganNanos = System.nanoTime();
            for (int change = 0; store.status().writes() < 2; change++) {
                store.keep(CONSUL, endpoints(1 + change % 200));
            }
            assertThat(System.nanoTime() - beganNanos)
                    .isGreaterThanOrEqualTo(WRITE_EVERY.multipliedBy(2).toNanos());
        }
    }

    @Test
    void aSetThatStaysTheSameIsConfirmedEveryHour() {
        try (LastGoodStore store = open()) {
            store.keep(CONSUL, VARIED);
            now = NOON.plus(Duration.ofMinutes(59));
            store.keep(CONSUL, VARIED);
            assertThat(store.recall(CONSUL)).map(LastGood::confirmed).contains(NOON);
            now = NOON.plus(Duration.ofHours(100));
            store.keep(CONSUL, VARIED);
        }
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
    }

    @Test
    void whatNobodyHasConfirmedForThreeDaysIsDropped() {
        try (LastGoodStore store = open()) {
            store.keep(CONSUL, VARIED);
            now = NOON.plus(Duration.ofHours(1));
            store.keep(DNS, VARIED);
        }
        now = NOON.plus(StateFile.MAX_AGE);
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isEmpty();
            assertThat(store.recall(DNS)).isPresent();
            now = now.plus(Duration.ofHours(1));
            assertThat(store.recall(DNS)).isEmpty();
        }
    }

    @Test
    void aClockSetBackLosesNothing() {
        now = NOON.plus(Duration.ofDays(1_000));
        try (LastGoodStore store = open()) {
            store.keep(CONSUL, VARIED);
        }
        now = Instant.EPOCH;
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isPresent();
            store.keep(CONSUL, VARIED);
            assertThat(store.recall(CONSUL)).map(LastGood::confirmed).contains(Instant.EPOCH);
        }
    }

    @Test
    void aCorruptFileIsReportedSetAsideAndIgnored() throws IOException {
        Files.writeString(path, "no state at all");
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isEmpty();
            assertThat(store.status().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("corrupt: no header", "state.corrupt"));
            store.keep(CONSUL, VARIED);
        }
        assertThat(folder.resolve("state.corrupt")).hasContent("no state at all");
        assertThat(log.warnings()).hasSize(1);
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
    }

    @Test
    void flippingAnyByteOfTheFileNeverGivesWrongEndpoints() throws IOException {
        byte[] file = StateFormat.encode(Map.of(DNS, new LastGood(NOON, endpoints(1))));
        for (int at = 0; at < file.length; at++) {
            byte[] flipped = file.clone();
            flipped[at] ^= (byte) 0xff;
            Files.write(path, flipped);
            try (LastGoodStore store = open()) {
                assertThat(store.recall(DNS)).isEmpty();
            }
            assertThat(path).doesNotExist();
        }
        assertThat(log.warnings()).hasSize(file.length);
    }

    @Test
    void aFileOfALaterVersionIsKeptForIt() throws IOException {
        String later = StateFormat.header(2, new byte[0]) + "something else";
        Files.writeString(path, later);
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isEmpty();
            store.keep(CONSUL, VARIED);
        }
        assertThat(folder.resolve("state.v2")).hasContent(later);
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneWarningAndIsTriedAgain() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("folder"), "a regular file");
        path = inTheWay.resolve("state");
        try (LastGoodStore store = open()) {
            store.keep(CONSUL, VARIED);
            await().atMost(PATIENCE).until(() -> store.status().failures() >= 2);
            assertThat(store.status().problem()).isPresent();
            assertThat(log.warnings().stream().filter(line -> line.contains("cannot be written")))
                    .hasSize(1);
            Files.delete(inTheWay);
            Files.createDirectory(inTheWay);
            await().atMost(PATIENCE).until(() -> store.status().writes() == 1);
            assertThat(store.status().problem()).isEmpty();
        }
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
    }

    @Test
    void whatCannotBeReadIsReportedAndLeftAlone() throws IOException {
        Files.createDirectory(path);
        try (LastGoodStore store = open()) {
            assertThat(store.recall(CONSUL)).isEmpty();
            assertThat(store.status().problem()).isPresent();
        }
        assertThat(path).isDirectory();
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void theFileIsWholeAtEveryMomentWhileManyThreadsKeep() {
        SafeFile file = new SafeFile(path);
        try (LastGoodStore store = open()) {
            List<CompletableFuture<Void>> keepers = IntStream.range(0, 4)
                    .mapToObj(keeper -> CompletableFuture.runAsync(() -> keepUntilWritten(store, keeper)))
                    .toList();
            await().atMost(PATIENCE).until(() -> Files.exists(path));
            while (!keepers.stream().allMatch(CompletableFuture::isDone)) {
                assertThat(decoded(file)).isNotEmpty();
            }
            keepers.forEach(CompletableFuture::join);
        }
        for (int keeper = 0; keeper < 4; keeper++) {
            assertThat(recalled(key(keeper))).isEqualTo(endpoints(keeper + 1));
        }
    }

    @Test
    void aFileIsOpenedByItsName() {
        try (LastGoodStore store = StateFile.open(path.toString(), () -> now)) {
            store.keep(CONSUL, VARIED);
        }
        assertThat(recalled(CONSUL)).isEqualTo(VARIED);
    }

    @Test
    void withoutANameNothingIsKept() {
        try (LastGoodStore store = StateFile.open("", () -> now)) {
            store.keep(CONSUL, VARIED);
            assertThat(store.recall(CONSUL)).isEmpty();
        }
    }

    private void keepUntilWritten(LastGoodStore store, int keeper) {
        for (int i = 0; store.status().writes() < 2; i++) {
            store.keep(key(keeper), endpoints(IntStream.rangeClosed(1, i % 250).toArray()));
        }
        store.keep(key(keeper), endpoints(keeper + 1));
    }

    private static SourceKey key(int keeper) {
        return SourceKey.of("upstream-" + keeper, "a", "b");
    }

    private static Map<SourceKey, LastGood> decoded(SafeFile file) {
        try {
            return StateFormat.decode(file.read(StateFormat.MAX_BYTES));
        } catch (IOException | UnusableState e) {
            throw new AssertionError(e);
        }
    }

    private List<Endpoint> recalled(SourceKey key) {
        try (LastGoodStore store = open()) {
            return store.recall(key).orElseThrow().endpoints();
        }
    }

    private LastGoodStore open() {
        StateFile state = new StateFile(path, () -> now, WRITE_EVERY);
        state.read();
        return state;
    }
}
