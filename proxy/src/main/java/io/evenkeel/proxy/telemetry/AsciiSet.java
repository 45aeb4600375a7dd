package io.evenkeel.proxy.telemetry;

/** The octets that a log format writes as they are; all others it escapes. Immutable. */
final class AsciiSet {

    /** Printable ASCII but for the quote and the backslash. */
    static final AsciiSet QUOTED = new AsciiSet("\"\\");

    /** The same without the space, for text that spaces delimit. */
    static final AsciiSet UNQUOTED = new AsciiSet("\"\\ ");

    private final boolean[] contained = new boolean[256];

    private AsciiSet(String excluded) {
        for (int octet = ' '; octet < 0x7F; octet++) {
            contained[octet] = excluded.indexOf(octet) < 0;
        }
    }

    boolean contains(int octet) {
        return octet < contained.length && contained[octet];
    }
}
