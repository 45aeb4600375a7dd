package io.evenkeel.discovery;

import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig;
import java.util.List;

/**
 * Makes sources out of configuration and owns what they share.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #close}.
 */
public interface SourceFactory extends AutoCloseable {

    /** Sets what sources made from now on share; those that are there keep what they have. */
    default void configure(DiscoveryConfig shared) {}

    /**
     * What makes a source what it is: its configuration and what it shares. While this stays equal over a reload, the source goes on
     * undisturbed. While it prints the same over a restart, what the source last said is still of use; what it prints holds no secrets.
     */
    default Object key(EndpointSourceConfig config) {
        return config;
    }

    /** The sources for one entry of an upstream's {@code endpoints}, not yet started: one, or one per thing that can fail alone. */
    List<EndpointSource> create(EndpointSourceConfig config);

    /** Frees what the sources share; they are closed by then. */
    @Override
    void close();
}
