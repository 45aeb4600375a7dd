package io.evenkeel.cli.check;

import java.util.List;
import java.util.stream.Stream;

/** Results as a table: a line each under a line of headings. Stateless. */
public final class ResultTable {

    private static final List<String> HEADINGS = List.of("UPSTREAM", "SOURCE", "TIME", "RESULT");

    private ResultTable() {}

    /** The result comes last, because a failure is as long as it needs to be. */
    public static List<String> lines(List<SourceResult> results) {
        List<List<String>> rows = Stream.concat(
                        Stream.of(HEADINGS), results.stream().map(ResultTable::row))
                .toList();
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static List<String> row(SourceResult result) {
        String what = result.answered() ? result.what() : "FAILED: " + result.what();
        return List.of(result.upstream(), result.source(), result.millis() + " ms", what);
    }

    private static String line(List<String> row, List<List<String>> rows) {
        int last = row.size() - 1;
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < last; column++) {
            line.append(row.get(column))
                    .append(" ".repeat(width(column, rows) - row.get(column).length() + 2));
        }
        return line.append(row.get(last)).toString();
    }

    private static int width(int column, List<List<String>> rows) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
