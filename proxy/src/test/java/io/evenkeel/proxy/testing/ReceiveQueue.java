package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells when the other end of a loopback connection has taken every octet that was written, so that two writes are sure to
 * be two reads. It asks the kernel; where there is no {@code /proc} it only pauses.
 */
public final class ReceiveQueue {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    /** Lets the peer run; how long does not matter. */
    private static final long PAUSE_NANOS = 20_000;

    private static final int BLIND_PAUSES = 100;
    private static final int ATTEMPTS = 100_000;

    private ReceiveQueue() {}

    /** Returns once the socket on {@code readerPort} that is connected to {@code writerPort} has nothing left to read. */
    public static void awaitRead(int readerPort, int writerPort) throws IOException {
        if (!Files.exists(TABLES.get(0))) {
            for (int i = 0; i < BLIND_PAUSES; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            if (isEmpty(readerPort, writerPort)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("the peer does not read");
    }

    private static boolean isEmpty(int readerPort, int writerPort) throws IOException {
        String local = String.format(":%04X ", readerPort);
        String remote = String.format(":%04X ", writerPort);
        for (Path table : TABLES) {
            for (String socket : Files.readAllLines(table)) {
                int at = socket.indexOf(local);
                if (at > 0 && socket.indexOf(remote, at + local.length()) > 0) {
                    String[] columns = socket.trim().split("\\s+", -1);
                    return columns[4].endsWith(":00000000");
                }
            }
        }
        return true;
    }
}
