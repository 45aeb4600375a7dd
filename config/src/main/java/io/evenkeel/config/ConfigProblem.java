package io.evenkeel.config;

/**
 * One thing that is wrong with a configuration file, and where.
 *
 * @param file the file's name as it was given
 * @param line counts from 1
 * @param column counts from 1
 * @param path the key, such as {@code upstreams[0].endpoints[1].dns.interval}; empty for the file as a whole
 * @param what what is wrong, on one line
 * @param expected what would have been right; may be empty
 */
public record ConfigProblem(String file, int line, int column, String path, String what, String expected) {

    /** {@code FILE:LINE:COLUMN: path: what is wrong (expected: …)}, always one line. */
    @Override
    public String toString() {
        String where = file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ");
        return where + what + (expected.isEmpty() ? "" : " (expected: " + expected + ")");
    }
}
