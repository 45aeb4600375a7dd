package io.evenkeel.rebalancer.plan;

/** What an image runs on, such as {@code linux} and {@code x86_64}; an empty part means any. Immutable. */
public record Platform(String os, String architecture) {}
