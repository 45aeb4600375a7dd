package io.evenkeel.proxy.telemetry;

/** How an exchange looks in the access log. Stateless. */
interface LineFormat {

    /** Appends one line with its line feed; whatever came from outside is escaped, so that it can neither end nor forge a line. */
    void render(ExchangeRecord exchange, LineBuffer line);
}
