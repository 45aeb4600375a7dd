package io.evenkeel.discovery;

import java.util.List;

/**
 * Something that knows endpoints and tells when they change.
 *
 * <p><b>Threading.</b> {@link #start} and {@link #close} are called on the {@link Scheduler}, and there the listener is called too: a
 * source that waits for the network does so elsewhere and comes back.
 */
public interface EndpointSource extends AutoCloseable {

    /** What this source is in logs, metrics and {@code /endpoints}, such as {@code dns:tasks.vvm}. */
    String name();

    /**
     * Starts telling; called once. Returns without waiting for the first answer, but tells before it returns if it need not ask anybody.
     */
    void start(Listener listener);

    /** Stops telling; the listener is not called again. */
    @Override
    void close();

    /** Hears what a source finds out. */
    interface Listener {

        /** The complete set as of now. It may be empty only when the source is certain of it. */
        void onEndpoints(List<Endpoint> endpoints);

        /** The source could not find out; what it said before stays true. {@code reason} says what was asked and what came back. */
        void onFailure(String reason);
    }
}
