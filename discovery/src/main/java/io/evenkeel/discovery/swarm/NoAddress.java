package io.evenkeel.discovery.swarm;

/** Why a task that serves cannot be dialled: the message continues a sentence that begins with its service. */
final class NoAddress extends RuntimeException {

    NoAddress(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
