package io.evenkeel.perf.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux counts. */
final class Kernel {

    private Kernel() {}

    /** TCP connects of this machine that failed since it started: tries at endpoints that refuse, which nobody else can count. */
    static long failedConnects() {
        List<String> tcp = lines(Path.of("/proc/net/snmp")).stream()
                .filter(line -> line.startsWith("Tcp:"))
                .toList();
        List<String> names = List.of(tcp.get(0).split(" ", -1));
        return Long.parseLong(tcp.get(1).split(" ", -1)[names.indexOf("AttemptFails")]);
    }

    /** Resident memory of a process and its descendants, MiB. */
    static long residentMebibytes(long pid) {
        return ProcessHandle.of(pid).stream()
                        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                        .mapToLong(handle -> residentKibibytes(handle.pid()))
                        .sum()
                / 1024;
    }

    private static long residentKibibytes(long pid) {
        for (String line : lines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException ended) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
