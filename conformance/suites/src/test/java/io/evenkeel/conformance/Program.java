package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A process whose output is kept. Closing it kills it and what it started; the end of the JVM does that too.
 *
 * <p><b>Threading.</b> A thread of its own reads what it says; the rest is confined to the test's.
 */
final class Program implements AutoCloseable {

    /** How long anything may take to start: several JVMs may share two cores with other builds. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How long what it started may take to be gone, which where nobody reaps orphans is for ever. */
    private static final long REAPED_SECONDS = 5;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Program::kill)));
    }

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static Program start(List<String> command) throws IOException {
        return start(Path.of("").toAbsolutePath(), Map.of(), command);
    }

    /** Starts it in a folder and with these variables besides those of the JVM. */
    static Program start(Path folder, Map<String, String> variables, List<String> command) throws IOException {
        Program program = startToBeTold(folder, variables, command);
        program.process.getOutputStream().close();
        return program;
    }

    /** The same for one that reads its standard input; see {@link #tell}. */
    static Program startToBeTold(Path folder, Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        RUNNING.add(process);
        return new Program(process);
    }

    /** Writes a line to its standard input. */
    void tell(String line) throws IOException {
        Writer out = process.outputWriter(StandardCharsets.UTF_8);
        out.write(line + "\n");
        out.flush();
    }

    /** Runs it to its end, which must be a good one; gives all that it said. */
    static String run(Duration patience, List<String> command) throws Exception {
        try (Program program = start(command)) {
            assertThat(program.awaitEnd(patience))
                    .as("exit code of %s, which said%n%s", command, program.said())
                    .isZero();
            return program.said();
        }
    }

    /** Waits for a line with this in it; gives what matched. */
    Matcher awaitLine(String expression) {
        Predicate<String> found = Pattern.compile(expression).asPredicate();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || lines.stream().anyMatch(found));
        Matcher matcher = Pattern.compile(expression)
                .matcher(lines.stream().filter(found).findFirst().orElse(""));
        assertThat(matcher.find()).as("%s in%n%s", expression, said()).isTrue();
        return matcher;
    }

    /** Waits for its end and until all it said has been read; gives the exit code. */
    int awaitEnd(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s; it said%n%s", patience, said())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    boolean runs() {
        return process.isAlive();
    }

    String said() {
        return lines.stream().collect(Collectors.joining("\n"));
    }

    /** Ends it at once, without a chance to say goodbye. */
    @Override
    public void close() {
        kill(process);
        RUNNING.remove(process);
    }

    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, REAPED_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            lines.add("(stream closed)");
        }
    }
}
