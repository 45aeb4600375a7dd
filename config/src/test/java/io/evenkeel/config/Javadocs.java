package io.evenkeel.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sources say about records and their components, so that it is written only once. */
final class Javadocs {

    private static final Path SOURCES = Path.of("src/main/java/io/evenkeel/config");

    private Javadocs() {}

    /** The description of a record. */
    static String of(Class<?> record) {
        return comment(record).split("@param ", 2)[0].strip();
    }

    /** The description of a record's component. */
    static String of(Class<?> record, String component) {
        for (String param : comment(record).split("@param ", -1)) {
            if (param.startsWith(component + " ")) {
                return param.substring(component.length()).strip();
            }
        }
        throw new IllegalStateException(record + " says nothing about " + component);
    }

    private static String comment(Class<?> record) {
        Class<?> outermost = record.getEnclosingClass() == null ? record : record.getEnclosingClass();
        String source = text(SOURCES.resolve(outermost.getSimpleName() + ".java"));
        Matcher header = Pattern.compile("\\*/\\s*(@\\w+\\s*)?(public )?record " + record.getSimpleName() + "\\(")
                .matcher(source);
        if (!header.find()) {
            throw new IllegalStateException(record + " has no Javadoc");
        }
        String comment = source.substring(source.lastIndexOf("/**", header.start()) + 3, header.start());
        return comment.replaceAll("\\n\\s*\\* ?", " ")
                .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
                .replaceAll("\\s+", " ");
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
