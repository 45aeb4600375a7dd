package io.evenkeel.config;

import org.jspecify.annotations.Nullable;

/**
 * How one kind of text in the configuration is read, judged and written back.
 *
 * @param <R> what the text says before it is judged
 */
interface ScalarType<R> {

    /** What the text says, or null when it is not of this kind at all. */
    @Nullable
    R parse(String text);

    /** Whether the knob allows it. */
    boolean allows(R raw);

    /** What a refused value needs to be, such as {@code ≥ 100 ms}. */
    String range(R refused);

    /** What a text of the wrong kind needs to be, such as {@code a duration such as 500ms, ≥ 100 ms}. */
    String expected();

    /** The value of the record component. */
    Object value(R raw);

    /** The text that reads as this value. */
    String render(Object value);
}
