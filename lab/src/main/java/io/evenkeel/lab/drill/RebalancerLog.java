package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Hears of a rebalancer's steps as it writes them to its log, within milliseconds: steps can be short.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class RebalancerLog {

    private static final long POLL_MILLIS = 3;

    private final Stage stage;

    RebalancerLog(Stage stage) {
        this.stage = stage;
    }

    /**
     * Waits until a rebalancer begins a step; returns it.
     *
     * @throws NotInTime if none does
     */
    Snapshot.Task await(String step, int seconds) {
        long until = stage.now() + seconds * 1000L;
        String task = "";
        long read = 0;
        while (stage.now() < until) {
            Optional<Snapshot.Task> now = running();
            if (now.isPresent()) {
                Path file = stage.folder().log(now.get().node(), now.get().container());
                if (!task.equals(now.get().id())) {
                    read = task.isEmpty() && Files.exists(file) ? length(file) : 0; // what was before does not count
                    task = now.get().id();
                }
                String text = since(file, read);
                if (text.contains(": " + step + "\\n") || text.contains(": " + step + "\"")) {
                    return now.get();
                }
            }
            sleep();
        }
        throw new NotInTime("no rebalancer came to the step " + step + " within " + seconds + " s");
    }

    private Optional<Snapshot.Task> running() {
        return stage.recording().latest().flatMap(snapshot -> snapshot.tasksOf("rebalancer").stream()
                .filter(task -> !task.container().isEmpty() && !stage.folder().failed(task.node()))
                .findFirst());
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String since(Path file, long from) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotInTime("interrupted");
        }
    }
}
