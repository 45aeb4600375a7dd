package io.evenkeel.lab.record;

/**
 * Something that was done to the cluster. Immutable.
 *
 * @param at when, ms since 1970
 */
public record Mark(long at, String what) {}
