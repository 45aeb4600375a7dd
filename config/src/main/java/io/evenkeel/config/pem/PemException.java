package io.evenkeel.config.pem;

/** Why a file, or a text, is not the PEM that it should be. It never repeats what stands in it. */
public final class PemException extends Exception {

    private static final long serialVersionUID = 1;

    private final String what;
    private final String expected;

    PemException(String what, String expected) {
        super(what + " (expected: " + expected + ")");
        this.what = what;
        this.expected = expected;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** What would be right. */
    public String expected() {
        return expected;
    }
}
