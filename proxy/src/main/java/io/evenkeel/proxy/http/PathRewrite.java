package io.evenkeel.proxy.http;

/** Another prefix in the place of the one a route matched; the join has exactly one slash. Immutable. */
public final class PathRewrite {

    private final int prefixLength;
    private final byte[] replacement;

    /**
     * @param prefixLength octets of the path that the route matched
     * @param replacement what stands there instead; begins with a slash
     */
    public PathRewrite(int prefixLength, String replacement) {
        this.prefixLength = prefixLength;
        this.replacement = Octets.ascii(replacement);
    }

    int prefixLength() {
        return prefixLength;
    }

    byte[] replacement() {
        return replacement;
    }

    boolean endsWithSlash() {
        return replacement[replacement.length - 1] == '/';
    }
}
