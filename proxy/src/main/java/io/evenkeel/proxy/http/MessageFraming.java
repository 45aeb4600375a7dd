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

    /** A coding that is a lone unknown token is answered 501; anything else that is not {@code chunked} is doubtful and answered 400. */
    private HeadVerdict coding(byte[] bytes, int start, int end) {
        if (chunked) {
            return HeadVerdict.MALFORMED;
        }
        if (Octets.equalsIgnoreCase(bytes, start, end, CHUNKED)) {
            chunked = true;
            return HeadVerdict.COMPLETE;
        }
        return Octets.isAllToken(bytes, start, end) ? HeadVerdict.CODING_UNKNOWN : HeadVerdict.MALFORMED;
    }

    /** Octets of the body, or −1 where no {@code Content-Length} was given. */
    public long contentLength() {
        return contentLength;
    }

    public boolean chunked() {
        return chunked;
    }
}
