package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The evenkeel command as a process of its own, as a shell or a container runs it. Closing it kills it. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Queue<String> out = new ConcurrentLinkedQueue<>();
    private final Queue<String> err = new ConcurrentLinkedQueue<>();
    private final List<Thread> readers = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        readers.add(read(process.getInputStream(), out));
        readers.add(read(process.getErrorStream(), err));
    }

    static Child start(String... arguments) throws IOException {
        return new Child(new ProcessBuilder(command(arguments)).start());
    }

    /** The same with at most this many file descriptors. */
    static Child startWithDescriptors(int most, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
        command.addAll(command(arguments));
        return new Child(new ProcessBuilder(command).start());
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Evenkeel.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Waits for a line on stderr, and gives what the expression's first group matched in it. */
    String awaitLine(String expression) {
        Pattern pattern = Pattern.compile(expression);
        await().atMost(PATIENCE).until(() -> ended() || find(pattern) != null);
        String found = find(pattern);
        assertThat(found).as("%s in %s", expression, err).isNotNull();
        return String.valueOf(found);
    }

    /** Sends a signal, named without SIG. */
    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Waits for its end; gives the exit code. All it printed has been read by then. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended; it said %s", err)
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    boolean ended() {
        return !process.isAlive();
    }

    List<String> out() {
        return List.copyOf(out);
    }

    List<String> err() {
        return List.copyOf(err);
    }

    /** What the command itself said on stderr, without the log. */
    List<String> said() {
        return err.stream()
                .filter(line -> !line.matches("\\d{4}-.* (INFO|WARN) .*"))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private @Nullable String find(Pattern pattern) {
        for (String line : err) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.groupCount() == 0 ? line : matcher.group(1);
            }
        }
        return null;
    }

    private static Thread read(InputStream stream, Queue<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException closed) {
                lines.add("(stream closed)");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
