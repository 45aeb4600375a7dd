package io.evenkeel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Threading: confined to the load it belongs to. */
final class Problems {

    /** More than this many tell an operator nothing new; the rest is summed up in one line. */
    private static final int MAX_REPORTED = 1000;

    private static final Comparator<ConfigProblem> BY_POSITION = Comparator.comparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column)
            .thenComparing(ConfigProblem::path);

    private final String file;
    private final List<ConfigProblem> found = new ArrayList<>();
    private int unreported;

    Problems(String file) {
        this.file = file;
    }

    void add(Position at, String path, String what, String expected) {
        if (found.size() < MAX_REPORTED) {
            found.add(new ConfigProblem(file, at.line(), at.column(), path, what, expected));
        } else {
            unreported++;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them in the order of the file. */
    List<ConfigProblem> sorted() {
        List<ConfigProblem> all = new ArrayList<>(found);
        all.sort(BY_POSITION);
        if (unreported > 0) {
            all.add(new ConfigProblem(file, 1, 1, "", "and " + unreported + " more errors", ""));
        }
        return List.copyOf(all);
    }
}
