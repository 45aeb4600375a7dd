package io.evenkeel.balancer;

/** What one event loop remembers between picks in one upstream: a cursor and a random sequence. Event-loop confined. */
public final class PickState {}
