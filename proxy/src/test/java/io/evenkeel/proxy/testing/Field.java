package io.evenkeel.proxy.testing;

/** One field line: the name as it was written, the value without the white space around it. */
public record Field(String name, String value) {

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
