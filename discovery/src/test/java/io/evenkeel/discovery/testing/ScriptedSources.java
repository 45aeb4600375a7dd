package io.evenkeel.discovery.testing;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.SourceFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes a {@link ScriptedSource} for each host name of a static entry, named after it. */
public final class ScriptedSources implements SourceFactory {

    private final Map<String, ScriptedSource> sources = new HashMap<>();

    /** An entry with these sources. */
    public static EndpointSourceConfig entry(String... names) {
        return new EndpointSourceConfig.StaticSource(
                Stream.of(names).map(name -> new HostPort(name, 1)).toList());
    }

    /** The source of this name that was made last. */
    public ScriptedSource named(String name) {
        return Objects.requireNonNull(sources.get(name), name);
    }

    @Override
    public List<EndpointSource> create(EndpointSourceConfig config) {
        return ((EndpointSourceConfig.StaticSource) config)
                .addresses().stream()
                        .<EndpointSource>map(address -> make(address.host()))
                        .toList();
    }

    @Override
    public void close() {}

    private ScriptedSource make(String name) {
        ScriptedSource source = new ScriptedSource(name);
        sources.put(name, source);
        return source;
    }
}
