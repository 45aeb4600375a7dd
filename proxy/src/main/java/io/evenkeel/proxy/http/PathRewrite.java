package io.evenkeel.proxy.http;

/**
 * Another prefix in the place of the one a route matched; the join has exactly one slash. Immutable.
 *
 * @param prefixLength octets of the path that the route matched
 * @param replacement what stands there instead; begins with a slash
 */
public record PathRewrite(int prefixLength, byte[] replacement) {

    boolean endsWithSlash() {
        return replacement[replacement.length - 1] == '/';
    }
}
