package io.evenkeel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a configuration file: YAML to validated records, or all of the file's errors at once. */
public final class ConfigFile {

    /** 10,000 routes take about this much. */
    static final int MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /** Reads a file with the variables of this process. */
    public static Loaded load(Path file) {
        return load(file, Environment.system());
    }

    /** Reads a file; never throws, whatever it holds. */
    public static Loaded load(Path file, Environment environment) {
        Path folder = file.toAbsolutePath().getParent();
        Problems problems = new Problems(file.toString());
        try {
            String text = text(file);
            return load(text, environment, problems, folder == null ? Path.of("") : folder);
        } catch (IOException e) {
            problems.add(Position.START, "", reason(e), "a file of UTF-8 text, at most 1 MiB");
            return new Loaded.Invalid(problems.sorted(), "", new ReadFiles());
        }
    }

    /** Reads a text that messages call {@code name}. */
    public static Loaded parse(String name, String text, Environment environment) {
        return load(text, environment, new Problems(name), Path.of(""));
    }

    private static Loaded load(String text, Environment environment, Problems problems, Path folder) {
        Node root = YamlTree.read(text, environment, problems);
        Binder binder = new Binder(problems, folder);
        ReadFiles files = binder.bound().files();
        if (root != null) {
            Object config = binder.bind(Shapes.of(RouterConfig.class), root, "");
            CrossChecks.run(binder.bound(), problems);
            if (config instanceof RouterConfig whole && problems.isEmpty()) {
                return new Loaded.Valid(whole, fingerprint(text), files);
            }
        }
        return new Loaded.Invalid(problems.sorted(), fingerprint(text), files);
    }

    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The file's fingerprint now; empty when it cannot be read. */
    static String fingerprint(Path file) {
        try {
            return fingerprint(text(file));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("too large");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof CharacterCodingException ? "not UTF-8" : "cannot be read: " + e.getMessage();
    }
}
