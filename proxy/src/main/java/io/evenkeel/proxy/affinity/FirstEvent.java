package io.evenkeel.proxy.affinity;

import io.evenkeel.proxy.http.BodySink;
import io.evenkeel.proxy.http.Octets;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Looks for the first event in the beginning of a stream of server-sent events. Event-loop confined.
 *
 * <p><b>Spec.</b> HTML Living Standard §9.2.5–9.2.6: a byte order mark, comments, lines that end with CR, LF or both, data in several lines. An event
 * without data is none.
 *
 * <p><b>Ownership.</b> Releases every part it is given.
 */
final class FirstEvent implements BodySink {

    /** Octets: who makes a key known does so at once. */
    static final int MAX_BYTES = 4 * 1024;

    private static final int INITIAL_BYTES = 128;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] EVENT = Octets.ascii("event");
    private static final byte[] DATA = Octets.ascii("data");

    private byte[] line = new byte[INITIAL_BYTES];
    private int lineLength;
    private byte[] data = new byte[INITIAL_BYTES];
    private int dataLength;
    private boolean hasData;
    private byte[] name = new byte[0];
    private boolean afterCr;
    private boolean firstLine = true;
    private int seen;
    private boolean found;

    @Override
    public void onPart(ByteBuf part) {
        try {
            for (int i = part.readerIndex(); i < part.writerIndex() && !done(); i++) {
                next(part.getByte(i));
            }
        } finally {
            part.release();
        }
    }

    @Override
    public void onTrailers(ByteBuf lines) {
        lines.release();
    }

    /** Whether there is nothing more to look for: the event was found, or it cannot be here any more. */
    boolean done() {
        return found || seen == MAX_BYTES;
    }

    /** Whether the first event is there and has this name. */
    boolean isNamed(byte[] wanted) {
        return found && Arrays.equals(name, wanted);
    }

    /** The event's data are {@code data()[0, dataLength())}. */
    byte[] data() {
        return data;
    }

    int dataLength() {
        return dataLength;
    }

    private void next(byte b) {
        seen++;
        boolean endsCrLf = afterCr && b == '\n';
        afterCr = b == '\r';
        if (endsCrLf) {
            return;
        }
        if (b == '\r' || b == '\n') {
            endLine();
        } else {
            line = append(line, lineLength++, b);
        }
    }

    private void endLine() {
        int start = firstLine && Octets.startsWith(line, 0, lineLength, MARK) ? MARK.length : 0;
        firstLine = false;
        if (start == lineLength) {
            found = hasData;
            name = hasData ? name : new byte[0];
        } else {
            field(start);
        }
        lineLength = 0;
    }

    private void field(int start) {
        int colon = start;
        while (colon < lineLength && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(lineLength, colon + 1);
        if (value < lineLength && line[value] == ' ') {
            value++;
        }
        if (Octets.equals(line, start, colon, EVENT)) {
            name = Arrays.copyOfRange(line, value, lineLength);
        } else if (Octets.equals(line, start, colon, DATA)) {
            data(value);
        }
    }

    private void data(int from) {
        if (hasData) {
            data = append(data, dataLength++, (byte) '\n');
        }
        hasData = true;
        for (int i = from; i < lineLength; i++) {
            data = append(data, dataLength++, line[i]);
        }
    }

    private static byte[] append(byte[] to, int at, byte b) {
        byte[] grown = at < to.length ? to : Arrays.copyOf(to, at * 2);
        grown[at] = b;
        return grown;
    }
}
