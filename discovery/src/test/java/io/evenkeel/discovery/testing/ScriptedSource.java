package io.evenkeel.discovery.testing;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.Literals;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A source that says what a test tells it to say. */
public final class ScriptedSource implements EndpointSource {

    private final String name;
    private @Nullable Listener listener;
    public int starts;
    public int closes;

    public ScriptedSource(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(Listener told) {
        listener = told;
        starts++;
    }

    @Override
    public void close() {
        closes++;
    }

    /** Answers with endpoints 10.0.0.{last}, port 80. */
    public void answers(int... last) {
        Objects.requireNonNull(listener).onEndpoints(endpoints(last));
    }

    /** Answers with these endpoints. */
    public void says(Endpoint... endpoints) {
        Objects.requireNonNull(listener).onEndpoints(List.of(endpoints));
    }

    public void fails(String reason) {
        Objects.requireNonNull(listener).onFailure(reason);
    }

    /** Endpoint 10.0.0.{last}, port 80, that must not be sent anything. */
    public static Endpoint critical(int last) {
        return new Endpoint(address(last), 1, Optional.empty(), Map.of(), Endpoint.Health.CRITICAL);
    }

    public static List<Endpoint> endpoints(int... last) {
        return IntStream.of(last).mapToObj(i -> Endpoint.at(address(i))).toList();
    }

    public static InetSocketAddress address(int last) {
        return new InetSocketAddress(Literals.address("10.0.0." + last).orElseThrow(), 80);
    }
}
