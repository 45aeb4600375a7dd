package io.evenkeel.perf.load;

/** What a connection tells whoever sends through it. Called on the event loop of the connection. */
interface Answers {

    /** The connection is open and idle. */
    void onOpen(ClientConnection connection);

    /** The request with this number was answered, with a 2xx status if {@code success}; the connection is idle again. */
    void onAnswer(ClientConnection connection, long request, boolean success);

    /** The connection is gone; {@code request} is the unanswered one, or {@link ClientConnection#NONE}. */
    void onLost(ClientConnection connection, long request, Throwable cause);
}
