package io.evenkeel.discovery;

import java.util.List;

/**
 * Something that knows endpoints and tells when they change.
 *
 * <p><b>Threading.</b> The listener is called from one thread at a time, of the source's choosing, never after {@link #close} returned.
 */
public interface EndpointSource extends AutoCloseable {

    /** What this source is in logs, metrics and {@code /endpoints}, such as {@code dns:tasks.vvm}. */
    String name();

    /** Starts telling; called once. Returns without waiting for the first answer. */
    void start(Listener listener);

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
