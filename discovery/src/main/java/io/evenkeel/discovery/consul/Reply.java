package io.evenkeel.discovery.consul;

import java.util.Optional;

/**
 * An agent's answer. Immutable.
 *
 * @param where whom it was asked of and what, for messages
 * @param index how far the servers' memory had come; 0 where that does not matter
 * @param hidden whether the agent says that there is more than the token may see
 * @param body empty: the same as at the index that was known
 */
record Reply<T>(String where, long index, boolean hidden, Optional<T> body) {}
