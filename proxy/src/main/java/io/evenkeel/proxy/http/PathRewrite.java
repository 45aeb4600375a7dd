package io.evenkeel.proxy.http;

/** Another prefix in the place of the one a route matched; the join has exactly one slash. Immutable. */
public final class PathRewrite {

    private final int prefixLength;
    private final byte[] replacement;
    private final int joinLength;

    /**
     * @param prefix what the route matched
     * @param replacement what stands there instead; begins with a slash
     */
    public PathRewrite(String prefix, String replacement) {
        this.prefixLength = lengthWithoutSlash(prefix);
        this.replacement = Octets.ascii(replacement);
        this.joinLength = lengthWithoutSlash(replacement);
    }

    private static int lengthWithoutSlash(String path) {
        return path.endsWith("/") ? path.length() - 1 : path.length();
    }

    /** Writes the path and the query. */
    void write(RequestTarget target, HeadBuffer out) {
        int rest = target.pathStart() + prefixLength;
        out.put(replacement, 0, rest < target.pathEnd() ? joinLength : replacement.length);
        out.put(target.pathBytes(), rest, target.queryEnd());
    }
}
