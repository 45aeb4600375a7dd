package io.evenkeel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files and folders, besides the configuration file, that a configuration was made from, and how each of them looked right before it was read.
 * Looks are compared rather than contents: there may be many certificates. Threading: confined to the load it belongs to, immutable afterwards.
 */
public final class ReadFiles {

    /** What stands for a file that is not there. */
    private static final String ABSENT = "absent";

    private final Map<Path, String> looks = new TreeMap<>();

    ReadFiles() {}

    /** To be called before the file, or anything in the folder, is read. */
    void reads(Path file) {
        looks.putIfAbsent(file, look(file));
    }

    /** How they looked, as one text that is equal only if all of them looked the same. */
    String asRead() {
        return looks.toString();
    }

    /** How they look now. */
    String now() {
        Map<Path, String> now = new TreeMap<>();
        looks.keySet().forEach(file -> now.put(file, look(file)));
        return now.toString();
    }

    /** A replaced symbolic link, as Docker and Kubernetes have it, shows in what it leads to. */
    private static String look(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.isDirectory()
                    ? within(file)
                    : found.size() + "@" + found.lastModifiedTime() + "#" + found.fileKey();
        } catch (IOException e) {
            return ABSENT;
        }
    }

    private static String within(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> !Files.isDirectory(each))
                    .sorted()
                    .map(each -> each.getFileName() + ":" + look(each))
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }
}
