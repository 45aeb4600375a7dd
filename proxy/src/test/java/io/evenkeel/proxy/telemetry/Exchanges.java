package io.evenkeel.proxy.telemetry;

import java.nio.charset.StandardCharsets;

/** Exchange records to log in tests. */
final class Exchanges {

    /** 2026-11-21T15:04:05.678Z. */
    static final long START_MILLIS = 1_795_273_445_678L;

    private Exchanges() {}

    static ExchangeRecord answered() {
        ExchangeRecord exchange = new ExchangeRecord();
        fill(exchange);
        return exchange;
    }

    static void fill(ExchangeRecord exchange) {
        exchange.reset();
        copy(exchange, Part.REQUEST_ID, "4f1c");
        copy(exchange, Part.CLIENT, "192.0.2.7");
        copy(exchange, Part.METHOD, "GET");
        copy(exchange, Part.TARGET, "/api/check?a=b");
        copy(exchange, Part.PROTOCOL, "HTTP/1.1");
        copy(exchange, Part.HOST, "example.org");
        copy(exchange, Part.USER_AGENT, "curl/8.5");
        exchange.routed("web", "checks", "vvm");
        exchange.attempted("10.0.0.1:8822");
        exchange.startMillis(START_MILLIS);
        exchange.reached(Moment.STARTED, 1_000_000);
        exchange.reached(Moment.HEAD_RECEIVED, 1_002_000);
        exchange.reached(Moment.ENDPOINT_PICKED, 1_003_000);
        exchange.reached(Moment.CONNECTION_ACQUIRED, 1_004_000);
        exchange.reached(Moment.REQUEST_SENT, 1_010_000);
        exchange.reached(Moment.RESPONSE_HEAD_RECEIVED, 1_500_000);
        exchange.reached(Moment.FINISHED, 1_600_000);
        exchange.addedNanos(42_000);
        exchange.status(200);
        exchange.bytes().receivedHead(100);
        exchange.bytes().sentHead(120);
        exchange.bytes().sentBody(2);
    }

    static void copy(ExchangeRecord exchange, Part part, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        exchange.copy(part, bytes, 0, bytes.length);
    }

    static String text(ExchangeRecord exchange, Part part) {
        return new String(exchange.text(), exchange.offset(part), exchange.length(part), StandardCharsets.ISO_8859_1);
    }

    static String render(LineFormat format, ExchangeRecord exchange) {
        LineBuffer line = new LineBuffer();
        format.render(exchange, line);
        return new String(line.bytes(), 0, line.length(), StandardCharsets.US_ASCII);
    }
}
