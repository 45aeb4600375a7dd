package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AccessLogConfig.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    private static final int ROOM = 1 << 20;

    private final ExchangeRecord exchange = Exchanges.answered();
    private final AccessLog log = new AccessLog();
    private final AccessLogWriter first = new AccessLogWriter(log);
    private final AccessLogWriter second = new AccessLogWriter(log);

    private final Path folder;
    private final Path file;

    AccessLogTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("access.log");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void linesOfAllLoopsReachTheFile() {
        log.apply(config(Format.JSON, file, ROOM));
        first.write(exchange);
        second.write(exchange);
        first.write(exchange);

        awaitLines(file, 3);
    }

    @Test
    void closingWritesWhatIsStillInTheRings() throws Exception {
        log.apply(config(Format.COMBINED, file, ROOM));
        for (int i = 0; i < 100; i++) {
            first.write(exchange);
        }
        log.close();

        assertThat(lines(file)).hasSize(100);
    }

    @Test
    void aFileIsAppendedToAndANewOneIsNotForEverybody() throws Exception {
        log.apply(config(Format.COMBINED, file, ROOM));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---");
        Files.writeString(file, "earlier\n");
        first.write(exchange);
        log.close();

        assertThat(lines(file)).hasSize(2).first().isEqualTo("earlier");
    }

    @Test
    void nothingIsWrittenWhileTheLogIsOff() {
        assertThat(first.enabled()).isFalse();
        first.write(exchange);
        log.apply(config(Format.JSON, file, ROOM));
        assertThat(first.enabled()).isTrue();
        first.write(exchange);
        awaitLines(file, 1);

        log.apply(config(Format.OFF, file, ROOM));
        assertThat(first.enabled()).isFalse();
        first.write(exchange);
        log.close();

        awaitLines(file, 1);
    }

    @Test
    void aReloadChangesFormatFileAndRoom() throws Exception {
        Path other = folder.resolve("other.log");
        log.apply(config(Format.JSON, file, ROOM));
        first.write(exchange);
        awaitLines(file, 1);

        log.apply(config(Format.COMBINED, other, ROOM / 2));
        first.write(exchange);
        second.write(exchange);
        awaitLines(other, 2);

        assertThat(lines(file)).hasSize(1).allMatch(line -> line.startsWith("{"));
        assertThat(lines(other)).allMatch(line -> line.startsWith("192.0.2.7 - - ["));
    }

    @Test
    void reopeningLeavesARotatedFileAlone() throws Exception {
        log.apply(config(Format.JSON, file, ROOM));
        first.write(exchange);
        awaitLines(file, 1);
        Path rotated = folder.resolve("access.log.1");
        Files.move(file, rotated);

        log.reopen();
        await().until(() -> Files.exists(file));
        await().untilAsserted(() -> {
            first.write(exchange);
            assertThat(lines(file)).isNotEmpty();
        });
        assertThat(lines(rotated)).hasSize(1);
    }

    @Test
    void aFileThatCannotBeOpenedChangesNothing() {
        log.apply(config(Format.JSON, file, ROOM));
        Path impossible = folder.resolve("missing").resolve("access.log");

        assertThatThrownBy(() -> log.apply(config(Format.COMBINED, impossible, ROOM)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(impossible.toString());

        first.write(exchange);
        awaitLines(file, 1);
    }

    @Test
    void aLineWithoutRoomIsDroppedAndCounted() {
        log.apply(config(Format.JSON, file, 100));
        first.write(exchange);
        first.write(exchange);

        assertThat(first.dropped()).isEqualTo(2);
        assertThat(second.dropped()).isZero();
    }

    @Test
    void linesThatTheTargetRefusesAreCounted() {
        log.apply(config(Format.JSON, Path.of("/dev/full"), ROOM));
        first.write(exchange);
        first.write(exchange);

        await().until(() -> log.lost() == 2);
        first.write(exchange);
        await().until(() -> log.lost() == 3);
    }

    @Test
    void loggingAllocatesNothing() {
        log.apply(config(Format.JSON, Path.of("/dev/null"), ROOM));
        byte[] target = "/api/check\u0000\"".getBytes(StandardCharsets.ISO_8859_1);
        byte[] host = "example.org".getBytes(StandardCharsets.ISO_8859_1);

        double bytes = Allocations.perRun(50_000, () -> {
            exchange.reset();
            exchange.copy(Part.TARGET, target, 0, target.length);
            exchange.copy(Part.HOST, host, 0, host.length);
            exchange.routed("web", "checks", "vvm");
            exchange.attempted("10.0.0.1:8822");
            exchange.startMillis(Exchanges.START_MILLIS);
            exchange.reached(Moment.STARTED, 1);
            exchange.reached(Moment.FINISHED, 100_000);
            exchange.failed(Failure.UPSTREAM_RESET);
            first.write(exchange);
        });

        assertThat(bytes).isLessThan(1);
    }

    private static AccessLogConfig config(Format format, Path file, int bufferBytes) {
        return new AccessLogConfig(format, Optional.of(file.toString()), bufferBytes);
    }

    private static void awaitLines(Path file, int count) {
        await().untilAsserted(() -> assertThat(lines(file)).hasSize(count));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }
}
