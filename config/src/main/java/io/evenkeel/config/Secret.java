package io.evenkeel.config;

/**
 * A text that is never printed. A key {@code x} of this type may be given as {@code x-file} instead, which names the
 * file that holds it; one line end at its end is dropped.
 *
 * @param value the text itself
 */
public record Secret(String value) {

    /** What stands in its place wherever it would be printed. */
    static final String MASK = "***";

    @Override
    public String toString() {
        return MASK;
    }
}
