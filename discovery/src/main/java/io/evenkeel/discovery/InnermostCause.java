package io.evenkeel.discovery;

/** What is behind an exception that libraries have wrapped. */
public final class InnermostCause {

    private InnermostCause() {}

    /** What the innermost cause says; its class where it says nothing. */
    public static String message(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage();
        return said == null ? cause.getClass().getSimpleName() : said;
    }
}
