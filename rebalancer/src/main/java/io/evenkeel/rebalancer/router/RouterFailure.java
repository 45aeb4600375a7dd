package io.evenkeel.rebalancer.router;

/** A router could not be asked. The message says which, what, and what came back. */
public final class RouterFailure extends RuntimeException {

    RouterFailure(String reason) {
        super(reason, null, false, false);
    }
}
