package io.evenkeel.cli;

import java.io.Serial;

/** Something the user can mend; its line is all the user needs to see. */
final class UserError extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String line;

    UserError(String line) {
        super(line);
        this.line = line;
    }

    /** The same failure as somebody else saw it, whose message is one line for the user. */
    static UserError from(Exception cause) {
        return new UserError(String.valueOf(cause.getMessage()));
    }

    /** Fails with the line unless the condition holds. */
    static void unless(boolean condition, String line) {
        if (!condition) {
            throw new UserError(line);
        }
    }

    String line() {
        return line;
    }
}
