package io.evenkeel.cli.check;

/**
 * How one source fared. Immutable.
 *
 * @param source as in {@code /endpoints}, such as {@code dns:tasks.vvm}
 * @param answered whether it answered, be it with nothing
 * @param what how many endpoints it named, or why it named none, on one line
 * @param millis how long that took
 */
public record SourceResult(String upstream, String source, boolean answered, String what, long millis) {}
