package io.evenkeel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the files that {@code …-file} keys name, such as Docker secrets. Their contents appear in no message. */
final class SecretFiles {

    /** Larger than any key or certificate chain. */
    private static final int MAX_BYTES = 64 << 10;

    private final Problems problems;
    private final Path folder;
    private final ReadFiles files;

    /** Relative names are looked up in this folder: the one of the configuration file. */
    SecretFiles(Problems problems, Path folder, ReadFiles files) {
        this.problems = problems;
        this.folder = folder;
        this.files = files;
    }

    static String key(Shape.Field field) {
        return field.key() + "-file";
    }

    /** The secret, or null when an error was reported. The {@code …-file} key must be there. */
    @Nullable
    Secret read(Shape.Field field, Node.Mapping mapping, String path) {
        String key = MappingBinder.below(path, key(field));
        Node.Entry entry = mapping.entries().get(key(field));
        if (entry == null || entry.value() instanceof Node.Broken) {
            return null;
        }
        Node node = entry.value();
        if (mapping.entries().containsKey(field.key())) {
            problems.add(node.at(), key, "given besides " + field.key(), "one of them");
            return null;
        }
        if (!(node instanceof Node.Scalar name) || !TextFormat.FILE.allows(name.text())) {
            problems.add(node.at(), key, node.described(), TextFormat.FILE.expected());
            return null;
        }
        return read(name, key);
    }

    private InputStream open(String name) throws IOException {
        Path file = folder.resolve(name);
        files.reads(file);
        return Files.newInputStream(file);
    }

    private @Nullable Secret read(Node.Scalar name, String key) {
        try (InputStream in = open(name.text())) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String secret = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
            if (bytes.length > MAX_BYTES || secret.isEmpty()) {
                String what = Words.quoted(name.text()) + (secret.isEmpty() ? " is empty" : " is too large");
                problems.add(name.at(), key, what, "a secret of 1 byte to 64 KiB");
                return null;
            }
            return new Secret(secret);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(name.at(), key, Words.quoted(name.text()) + " cannot be read", "a readable file");
            return null;
        }
    }
}
