package io.evenkeel.discovery.state;

/** Why a state file cannot be used, and under which name it is set aside. */
final class UnusableState extends Exception {

    private final String suffix;

    private UnusableState(String reason, String suffix) {
        super(reason, null, false, false);
        this.suffix = suffix;
    }

    /** It is not what was written. */
    static UnusableState corrupt(String reason) {
        return new UnusableState("corrupt: " + reason, ".corrupt");
    }

    /** A later release wrote it, which may want it back. */
    static UnusableState newer(int version) {
        return new UnusableState("version " + version + " (expected: " + StateFormat.VERSION + ")", ".v" + version);
    }

    /** In one line. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** What is appended to the file's name. */
    String suffix() {
        return suffix;
    }
}
