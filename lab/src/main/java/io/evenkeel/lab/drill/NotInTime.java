package io.evenkeel.lab.drill;

/** What was waited for did not come. */
final class NotInTime extends RuntimeException {

    NotInTime(String message) {
        super(message, null, false, false);
    }
}
