package io.evenkeel.proxy.telemetry;

/**
 * The combined format of Apache and nginx: {@code client - - [time] "method target protocol" status body-bytes "referer"
 * "user-agent"}. What is missing is {@code -}. As in nginx, quotes, backslashes, control characters and bytes from 0x7F on
 * become {@code \xHH}, and here so do spaces outside the last two fields, so that a line always splits the same way.
 */
final class CombinedFormat implements LineFormat {

    @Override
    public void render(ExchangeRecord exchange, LineBuffer line) {
        put(exchange, Part.CLIENT, line, AsciiSet.UNQUOTED);
        line.put(" - - [");
        LogTime.putCommon(line, exchange.startMillis());
        line.put("] \"");
        putRequestLine(exchange, line);
        line.put("\" ");
        line.putNumber(exchange.status());
        line.put(' ');
        line.putNumber(exchange.bytes().bodySent());
        line.put(" \"");
        put(exchange, Part.REFERER, line, AsciiSet.QUOTED);
        line.put("\" \"");
        put(exchange, Part.USER_AGENT, line, AsciiSet.QUOTED);
        line.put("\"\n");
    }

    private static void putRequestLine(ExchangeRecord exchange, LineBuffer line) {
        put(exchange, Part.METHOD, line, AsciiSet.UNQUOTED);
        if (exchange.length(Part.METHOD) > 0) {
            line.put(' ');
            put(exchange, Part.TARGET, line, AsciiSet.UNQUOTED);
            line.put(' ');
            put(exchange, Part.PROTOCOL, line, AsciiSet.UNQUOTED);
        }
    }

    private static void put(ExchangeRecord exchange, Part part, LineBuffer line, AsciiSet plain) {
        int at = exchange.offset(part);
        int to = at + exchange.length(part);
        if (at == to) {
            line.put('-');
        }
        byte[] text = exchange.text();
        while ((at = line.putWhile(plain, text, at, to)) < to) {
            line.putEscape('x', text[at++] & 0xFF, 2);
        }
    }
}
