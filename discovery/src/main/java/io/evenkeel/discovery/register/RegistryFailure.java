package io.evenkeel.discovery.register;

import io.evenkeel.discovery.InnermostCause;

/** Why a registry did not do what it was asked: the message says whom was asked, what, and what came back, on one line. */
final class RegistryFailure extends RuntimeException {

    private static final int MAX_CHARS = 500;

    RegistryFailure(String asked, Throwable thrown) {
        super(line(asked, thrown), null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    private static String line(String asked, Throwable thrown) {
        String line = (asked + ": " + InnermostCause.message(thrown)).strip().replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
    }
}
