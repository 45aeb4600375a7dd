package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A source that says what a test tells it to say. */
final class ScriptedSource implements EndpointSource {

    private final String name;
    private @Nullable Listener listener;
    int starts;
    int closes;

    ScriptedSource(String name) {
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
    void answers(int... last) {
        Objects.requireNonNull(listener).onEndpoints(endpoints(last));
    }

    void fails(String reason) {
        Objects.requireNonNull(listener).onFailure(reason);
    }

    static List<Endpoint> endpoints(int... last) {
        return IntStream.of(last).mapToObj(i -> Endpoint.at(address(i))).toList();
    }

    static InetSocketAddress address(int last) {
        return new InetSocketAddress(Literals.address("10.0.0." + last).orElseThrow(), 80);
    }
}
