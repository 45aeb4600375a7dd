package io.evenkeel.proxy.http;

/**
 * Scans field lines up to and with the empty line that ends them, strictly: CRLF only, no blank before the colon, no line folding, no
 * control characters (RFC 9112 §2.2, §5). Serves heads and trailers alike. Stateless.
 */
final class FieldScanner {

    /** More octets are needed. */
    static final int INCOMPLETE = 0;
    /** The octets break the grammar. */
    static final int MALFORMED = -1;
    /** More lines than the limit. */
    static final int TOO_MANY = -2;

    private FieldScanner() {}

    /**
     * @param bytes what to scan
     * @param from where the first line starts
     * @param limit behind the last octet at hand
     * @return the position behind the empty line, or one of the constants above
     */
    static int scan(byte[] bytes, int from, int limit, FieldTable fields, int maxFields) {
        int start = from;
        while (start < limit) {
            if (bytes[start] == '\r') {
                if (start + 1 == limit) {
                    return INCOMPLETE;
                }
                fields.end(start);
                return bytes[start + 1] == '\n' ? start + 2 : MALFORMED;
            }
            if (fields.count() == maxFields) {
                return TOO_MANY;
            }
            int next = line(bytes, start, limit, fields);
            if (next <= 0) {
                return next;
            }
            start = next;
        }
        return INCOMPLETE;
    }

    private static int line(byte[] bytes, int start, int limit, FieldTable fields) {
        int position = start;
        int hash = 0;
        while (position < limit && Octets.isToken(bytes[position])) {
            hash = KnownField.hash(hash, bytes[position++]);
        }
        if (position == limit) {
            return INCOMPLETE;
        }
        if (bytes[position] != ':' || position == start) {
            return MALFORMED;
        }
        int colon = position++;
        while (position < limit && Octets.isBlank(bytes[position])) {
            position++;
        }
        int valueStart = position;
        while (position < limit && Octets.isValue(bytes[position])) {
            position++;
        }
        if (position + 1 >= limit) {
            return position == limit || bytes[position] == '\r' ? INCOMPLETE : MALFORMED;
        }
        if (bytes[position] != '\r' || bytes[position + 1] != '\n') {
            return MALFORMED;
        }
        int valueEnd = position;
        while (valueEnd > valueStart && Octets.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        fields.add(KnownField.of(hash, bytes, start, colon), start, colon, valueStart, valueEnd);
        return position + 2;
    }
}
