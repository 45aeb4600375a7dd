package io.evenkeel.discovery.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One {@code consul agent} as a process of the operating system, with a folder of its own. It ends with the JVM at the latest.
 *
 * <p><b>Threading.</b> Confined to the test's thread.
 */
final class ConsulProcess implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What still runs when the JVM ends. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Path folder = newFolder();
    private @Nullable Process process;

    Path folder() {
        return folder;
    }

    /** Starts it with these fields of a configuration file and these flags; returns before it is ready. */
    void start(Map<String, Object> fields, String... flags) {
        try {
            Path config = folder.resolve("consul.json");
            JSON.writeValue(config.toFile(), fields);
            List<String> command = new ArrayList<>(List.of(ConsulBinary.find().toString(), "agent"));
            command.addAll(List.of(flags));
            command.addAll(List.of("-config-file", config.toString()));
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            RUNNING.add(started);
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        if (process != null) {
            end(process.destroyForcibly());
        }
    }

    /** SIGTERM, and SIGKILL when that does not help. */
    void stop() {
        if (process != null) {
            process.destroy();
            end(process);
        }
    }

    /** SIGSTOP: it keeps its connections and says nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** The end of what it wrote, for a test that fails. */
    String tail() {
        try {
            String all = Files.exists(log()) ? Files.readString(log(), StandardCharsets.UTF_8) : "";
            return all.substring(Math.max(0, all.length() - 2_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
    }

    private static void end(Process ending) {
        try {
            if (!ending.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                ending.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.destroyForcibly();
        }
        RUNNING.remove(ending);
    }

    private Path log() {
        return folder.resolve("consul.log");
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("evenkeel-consul");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
