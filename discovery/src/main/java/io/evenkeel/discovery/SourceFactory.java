package io.evenkeel.discovery;

import io.evenkeel.config.EndpointSourceConfig;
import java.util.List;

/** Makes sources out of configuration and owns what they share. */
public interface SourceFactory extends AutoCloseable {

    /** The sources for one entry of an upstream's {@code endpoints}, not yet started: one, or one per thing that can fail alone. */
    List<EndpointSource> create(EndpointSourceConfig config);

    /** Frees what the sources share; they are closed by then. */
    @Override
    void close();
}
