package io.evenkeel.proxy.http;

/**
 * Where a request wants to go: positions of authority and path in the head, and the path that routing and forwarding both use. Reused;
 * event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9112 §3.2 (forms), RFC 9110 §4.2.3 and RFC 3986 §6.2.2 (dot segments).
 */
public final class RequestTarget {

    private int start;
    private int end;
    private int hostStart;
    private int hostEnd;
    private int authorityStart;
    private int authorityEnd;
    private byte[] path = new byte[0];
    private int pathStart;
    private int pathEnd;
    private int queryEnd;
    private boolean absolute;

    void reset(int from, int to) {
        start = from;
        end = to;
        absolute = false;
    }

    /** {@code bytes[pathFrom, queryTo)} is path and query, the path ending at {@code pathTo}. */
    void path(byte[] bytes, int pathFrom, int pathTo, int queryTo) {
        path = bytes;
        pathStart = pathFrom;
        pathEnd = pathTo;
        queryEnd = queryTo;
    }

    void authority(int from, int to, int hostTo) {
        authorityStart = from;
        authorityEnd = to;
        hostStart = from;
        hostEnd = hostTo;
    }

    void absolute(boolean value) {
        absolute = value;
    }

    /** The target as it arrived. */
    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** Host and port as they are forwarded in {@code Host}, in the head's octets. */
    public int authorityStart() {
        return authorityStart;
    }

    public int authorityEnd() {
        return authorityEnd;
    }

    /** The host alone, without its port, in the head's octets. */
    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    /** Whether the target was in absolute-form, whose authority replaces {@code Host} (RFC 9112 §3.2.2). */
    public boolean absolute() {
        return absolute;
    }

    /** The octets that the path positions refer to; not the head's where the path had to be normalised. */
    public byte[] pathBytes() {
        return path;
    }

    public int pathStart() {
        return pathStart;
    }

    public int pathEnd() {
        return pathEnd;
    }

    /** Behind the query, or {@link #pathEnd()} where there is none. */
    public int queryEnd() {
        return queryEnd;
    }
}
