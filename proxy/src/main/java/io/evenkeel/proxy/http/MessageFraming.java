package io.evenkeel.proxy.http;

/**
 * How the body of a message is delimited, as its {@code Content-Length} and {@code Transfer-Encoding} say. Reused; event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9112 §6. Both fields together, a repeated or listed length and any coding but a single {@code chunked} are refused:
 * a doubt about framing is a request smuggled.
 */
public final class MessageFraming {

    private static final byte[] CHUNKED = Octets.ascii("chunked");
    /** 18 digits: no length that fits overflows a long. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private long contentLength;
    private boolean chunked;

    /** Reads the fields of a head. */
    HeadVerdict read(byte[] bytes, FieldTable fields, boolean http10) {
        contentLength = -1;
        chunked = false;
        for (int i = 0; i < fields.count(); i++) {
            KnownField field = fields.known(i);
            HeadVerdict verdict = HeadVerdict.COMPLETE;
            if (field == KnownField.CONTENT_LENGTH) {
                verdict = length(bytes, fields.valueStart(i), fields.valueEnd(i));
            } else if (field == KnownField.TRANSFER_ENCODING) {
                verdict = coding(bytes, fields.valueStart(i), fields.valueEnd(i));
            }
            if (verdict != HeadVerdict.COMPLETE) {
                return verdict;
            }
        }
        boolean contradictory = chunked && (contentLength >= 0 || http10);
        return contradictory ? HeadVerdict.MALFORMED : HeadVerdict.COMPLETE;
    }

    private HeadVerdict length(byte[] bytes, int start, int end) {
        if (contentLength >= 0 || start == end || end - start > MAX_LENGTH_DIGITS) {
            return HeadVerdict.MALFORMED;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return HeadVerdict.MALFORMED;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        contentLength = value;
        return HeadVerdict.COMPLETE;
    }

    /**
     * Whatever does not end in {@code chunked} delimits nothing and is answered 400; what does, behind codings that are not understood, is answered
     * 501 (RFC 9112 §6.1, §6.3).
     */
    private HeadVerdict coding(byte[] bytes, int start, int end) {
        if (chunked) {
            return HeadVerdict.MALFORMED;
        }
        if (Octets.equalsIgnoreCase(bytes, start, end, CHUNKED)) {
            chunked = true;
            return HeadVerdict.COMPLETE;
        }
        int last = end - CHUNKED.length;
        int comma = last - 1;
        while (comma > start && Octets.isBlank(bytes[comma])) {
            comma--;
        }
        boolean endsInChunked = comma > start
                && bytes[comma] == ','
                && Octets.equalsIgnoreCase(bytes, last, end, CHUNKED)
                && othersThanChunked(bytes, start, comma);
        return endsInChunked ? HeadVerdict.CODING_UNKNOWN : HeadVerdict.MALFORMED;
    }

    private static boolean othersThanChunked(byte[] bytes, int start, int end) {
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || bytes[i] == ',') {
                int to = i;
                while (from < to && Octets.isBlank(bytes[from])) {
                    from++;
                }
                while (to > from && Octets.isBlank(bytes[to - 1])) {
                    to--;
                }
                if (!Octets.isAllToken(bytes, from, to) || Octets.equalsIgnoreCase(bytes, from, to, CHUNKED)) {
                    return false;
                }
                from = i + 1;
            }
        }
        return true;
    }

    /** Octets of the body, or −1 where no {@code Content-Length} was given. */
    public long contentLength() {
        return contentLength;
    }

    public boolean chunked() {
        return chunked;
    }
}
