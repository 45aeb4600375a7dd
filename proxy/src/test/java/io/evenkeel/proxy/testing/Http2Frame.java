package io.evenkeel.proxy.testing;

/** One frame as it came: its payload without padding removed, HEADERS of one section joined. */
@SuppressWarnings("ArrayRecordComponent") // frames are read, never compared
public record Http2Frame(int type, int flags, int stream, byte[] payload) {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    public boolean endsStream() {
        return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The 32-bit number at this place of the payload. */
    public int number(int at) {
        return (payload[at] & 0xff) << 24
                | (payload[at + 1] & 0xff) << 16
                | (payload[at + 2] & 0xff) << 8
                | (payload[at + 3] & 0xff);
    }

    /** The error code of RST_STREAM or GOAWAY. */
    public int error() {
        return number(type == GOAWAY ? 4 : 0);
    }

    @Override
    public String toString() {
        return "frame " + type + " flags " + flags + " stream " + stream + " of " + payload.length
                + (type == RST_STREAM || type == GOAWAY ? " error " + error() : "");
    }
}
