package io.evenkeel.lab.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs programs, none for longer than it may. Immutable. */
public record Command(Path home) {

    /** As many as programs run; the common pool may have a single thread, which a slow program would keep from a quick one. */
    private static final Executor READERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        return thread;
    });

    /** It failed, or took too long; the message ends with the last that it said. */
    public static final class Failure extends RuntimeException {

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * What {@code evenkeel lab …} prints.
     *
     * @throws Failure if it fails
     */
    public String lab(Duration deadline, String... arguments) {
        List<String> words = new ArrayList<>(List.of(home.resolve("evenkeel").toString(), "lab"));
        words.addAll(List.of(arguments));
        return run(deadline, words);
    }

    /**
     * What a program prints.
     *
     * @throws Failure if it fails
     */
    public String run(Duration deadline, List<String> words) {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process), READERS);
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new Failure(String.join(" ", words) + ": not done after " + deadline.toSeconds() + " s");
            }
            String said = output.join();
            if (process.exitValue() != 0) {
                throw new Failure(String.join(" ", words) + ": " + tail(said));
            }
            return said;
        } catch (IOException e) {
            throw new Failure(words.get(0) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(words.get(0) + ": interrupted");
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 600)).strip();
    }
}
