package io.evenkeel.lab.verdict;

/**
 * One thing that must be so, and whether it was. Immutable.
 *
 * @param what in a sentence
 * @param figures by which it was judged
 */
public record Check(String what, boolean passed, String figures) {

    /** A line for people. */
    public String line() {
        return (passed ? "PASS  " : "FAIL  ") + what + ": " + figures;
    }
}
