package io.evenkeel.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configurations the tests share, and the environment they are read in. */
final class Examples {

    /** What messages call every example. */
    static final String FILE = "evenkeel.yaml";

    static final Environment ENVIRONMENT =
            name -> Map.of("PORT", "8080", "EMPTY", "", "TRICKY", "${PORT}").get(name);

    private Examples() {}

    /**
     * One example of {@code bad.txt} or {@code good.txt}.
     *
     * @param schema whether the JSON Schema agrees with the loader, which it need not where rules are beyond it
     * @param messages every expected message without the file's name; none for good examples
     */
    record Example(String name, boolean schema, String yaml, List<String> messages) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> bad() {
        return read("bad.txt");
    }

    static List<Example> good() {
        return read("good.txt");
    }

    static Loaded load(String yaml) {
        return ConfigFile.parse(FILE, yaml, ENVIRONMENT);
    }

    /** Sections of {@code ### name}, the YAML and {@code >>> message} lines; names with a * are for the schema too. */
    private static List<Example> read(String resource) {
        List<Example> examples = new ArrayList<>();
        for (String section : text(resource).split("(?m)^### ", -1)) {
            if (section.isBlank()) {
                continue;
            }
            int end = section.indexOf('\n');
            String name = section.substring(0, end);
            StringBuilder yaml = new StringBuilder();
            List<String> messages = new ArrayList<>();
            for (String line : section.substring(end + 1).stripTrailing().split("\n", -1)) {
                if (line.startsWith(">>> ")) {
                    messages.add(FILE + ":" + line.substring(4));
                } else {
                    yaml.append(line).append('\n');
                }
            }
            examples.add(new Example(name.replace(" *", ""), name.endsWith(" *"), yaml.toString(), messages));
        }
        return examples;
    }

    private static String text(String resource) {
        try (InputStream in = Examples.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
