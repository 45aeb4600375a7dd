package io.evenkeel.discovery.consul;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.discovery.tls.PemTls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.kiwiproject.consul.Consul;

/**
 * The agents of one {@link ConsulConfig}: the first that answers is asked until it fails, then the next, and after the last the first
 * again.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public final class ConsulAgents implements AutoCloseable {

    /** What a field's value may hold (RFC 9110 §5.5); the library would print the whole of one that holds more. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final ConsulConfig config;
    private final AgentConnections connections;
    private final List<Agent> agents;
    private final Map<Agent, Consul> clients = new ConcurrentHashMap<>();
    private final AtomicInteger current = new AtomicInteger();

    /**
     * Connects to nobody yet.
     *
     * @throws IllegalArgumentException if the token, certificates or key are none
     */
    public ConsulAgents(ConsulConfig config) {
        if (config.token()
                .filter(token -> !TOKEN.matcher(token.value()).matches())
                .isPresent()) {
            throw new IllegalArgumentException("discovery.consul.token: holds characters that no token has");
        }
        this.config = config;
        this.connections = new AgentConnections(config);
        this.agents = config.agents().stream()
                .map(text -> AgentAddress.parse(text, config.tls().enabled()))
                .map(address -> new Agent(address, config, connections.to(address)))
                .toList();
    }

    /** How many agents there are. */
    public int size() {
        return agents.size();
    }

    /** The agent that is asked now, as it is configured. */
    public String name() {
        return agent().name();
    }

    /**
     * A client of the agent that is asked now, for what is not a watch: registration, sessions, keys. Each agent has one; it is closed
     * with this.
     *
     * @throws UnsupportedOperationException for an agent at a Unix socket, which the library reaches only with native code
     */
    public Consul client() {
        return clients.computeIfAbsent(agent(), this::client);
    }

    /** Goes on to the next agent, unless somebody else already has: this one failed. */
    public void failed(String name) {
        int failing = current.get();
        if (agents.get(failing).name().equals(name)) {
            current.compareAndSet(failing, (failing + 1) % agents.size());
        }
    }

    /** Ends every call; returns without waiting. */
    @Override
    public void close() {
        connections.close();
        clients.values().forEach(Consul::destroy);
    }

    Agent agent() {
        return agents.get(current.get());
    }

    private Consul client(Agent agent) {
        if (agent.address().socket().isPresent()) {
            throw new UnsupportedOperationException(agent.name() + ": only watches go over Unix sockets");
        }
        Consul.Builder builder = Consul.builder()
                .withUrl(agent.address().base().toString())
                .withConnectTimeoutMillis(config.timeout().toMillis())
                .withReadTimeoutMillis(config.timeout().toMillis())
                .withWriteTimeoutMillis(config.timeout().toMillis());
        config.token().ifPresent(token -> builder.withTokenAuth(token.value()));
        if (config.tls().enabled()) {
            PemTls tls = PemTls.of(config.tls(), "discovery.consul.tls");
            builder.withSslContext(tls.context()).withTrustManager(tls.trust());
        }
        return builder.build();
    }
}
