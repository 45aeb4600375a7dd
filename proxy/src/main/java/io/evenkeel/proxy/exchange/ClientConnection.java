package io.evenkeel.proxy.exchange;

/** A client's connection as its listener sees it. Event-loop confined. */
public interface ClientConnection {

    /** The listener is retired: ends the connection as soon as nothing is under way on it. */
    void closeIfIdle();

    /** Ends the connection and what is under way on it. */
    void shutDown();
}
