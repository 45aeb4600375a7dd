package io.evenkeel.config;

/** A file that is YAML but beyond the bounds; ends the reading of it. */
final class RefusedYaml extends RuntimeException {

    private final transient Position at;
    private final String path;
    private final String what;
    private final String expected;

    RefusedYaml(Position at, String path, String what, String expected) {
        super(what, null, false, false);
        this.at = at;
        this.path = path;
        this.what = what;
        this.expected = expected;
    }

    Position at() {
        return at;
    }

    String path() {
        return path;
    }

    String what() {
        return what;
    }

    String expected() {
        return expected;
    }
}
