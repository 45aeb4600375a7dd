package io.evenkeel.proxy.telemetry;

/**
 * The combined format of Apache and nginx: {@code client - - [time] "method target protocol" status body-bytes "referer"
 * "user-agent"}. What is missing is {@code -}. As in nginx, quotes, backslashes, control characters and bytes from 0x7F on
 * become {@code \xHH}, and here so do spaces outside the last two fields, so that a line always splits the same way.
 */
final class CombinedFormat implements LineFormat {

    @Override
    public void render(ExchangeRecord exchange, LineBuffer line) {
        put(exchange, Part.CLIENT, line, true);
        line.put(" - - [");
        LogTime.putCommon(line, exchange.startMillis());
        line.put("] \"");
        putRequestLine(exchange, line);
        line.put("\" ");
        line.putNumber(exchange.status());
        line.put(' ');
        line.putNumber(exchange.bytes().bodySent());
        line.put(" \"");
        put(exchange, Part.REFERER, line, false);
        line.put("\" \"");
        put(exchange, Part.USER_AGENT, line, false);
        line.put("\"\n");
    }

    private static void putRequestLine(ExchangeRecord exchange, LineBuffer line) {
        put(exchange, Part.METHOD, line, true);
        if (exchange.length(Part.METHOD) > 0) {
            line.put(' ');
            put(exchange, Part.TARGET, line, true);
            line.put(' ');
            put(exchange, Part.PROTOCOL, line, true);
        }
    }

    private static void put(ExchangeRecord exchange, Part part, LineBuffer line, boolean escapeSpaces) {
        int from = exchange.offset(part);
        int to = from + exchange.length(part);
        if (from == to) {
            line.put('-');
        }
        byte[] text = exchange.text();
        for (int i = from; i < to; i++) {
            int octet = text[i] & 0xFF;
            if (octet < ' ' || octet >= 0x7F || octet == '"' || octet == '\\' || (escapeSpaces && octet == ' ')) {
                line.putEscape('x', octet, 2);
            } else {
                line.put(octet);
            }
        }
    }
}
