package io.evenkeel.proxy.listener;

import io.evenkeel.config.ListenerConfig;
import io.evenkeel.proxy.exchange.ListenerSettings;
import io.evenkeel.proxy.telemetry.CertificateStatus;
import io.evenkeel.proxy.tls.ListenerTls;
import io.evenkeel.proxy.tls.OwnTicketSecrets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** All listeners of a router, by name. Methods may be called from any thread but an event loop, one at a time. */
public final class Listeners implements AutoCloseable {

    /** 2 s: connections close in an instant, unless a loop is stuck. */
    private static final long CLOSE_NANOS = 2_000_000_000;

    private static final long POLL_NANOS = 1_000_000;

    private final EventLoops loops;
    private final Destinations destinations;
    private final String pseudonym;
    private final Map<String, Listener> byName = new LinkedHashMap<>();
    private final List<Listener> departed = new ArrayList<>();
    private final OwnTicketSecrets ticketSecrets = new OwnTicketSecrets(System.nanoTime());

    /** Publishes how those that serve are encrypted; {@link Change#commit} writes, scrapes read. */
    private volatile List<ListenerTls> secured = List.of();

    /**
     * @param destinations reads the routes in force
     * @param pseudonym this router's name in {@code Via}
     */
    public Listeners(EventLoops loops, Destinations destinations, String pseudonym) {
        this.loops = loops;
        this.destinations = destinations;
        this.pseudonym = pseudonym;
    }

    /** Listeners that are bound and do not serve yet; either {@link #commit} or {@link #abandon} follows. */
    public final class Change {

        private final Map<String, Listener> added = new LinkedHashMap<>();
        private final Map<Listener, ListenerTls.Prepared> tls = new HashMap<>();
        private final List<ListenerConfig> configs;

        private Change(List<ListenerConfig> configs) {
            this.configs = configs;
        }

        /** Puts the change in force; what is left over stops accepting, and its connections end after the exchange at work. */
        public void commit() {
            Map<String, Listener> before = new LinkedHashMap<>(byName);
            byName.clear();
            for (ListenerConfig config : configs) {
                Listener fresh = added.get(config.name());
                Listener kept = fresh != null ? fresh : before.remove(config.name());
                kept.configure(config, subjectFields(configs), tls.get(kept));
                byName.put(config.name(), kept);
            }
            secured = byName.values().stream().map(Listener::tls).toList();
            before.values().forEach(Listener::retire);
            departed.removeIf(listener -> listener.openConnections() == 0);
            departed.addAll(before.values());
        }

        private void prepareTls(Listener listener, ListenerConfig config) {
            if (config.tls().isPresent()) {
                tls.put(listener, listener.tls().prepare(config.tls().get(), listener.offered(config)));
            }
        }

        public void abandon() {
            added.values().forEach(Listener::close);
            tls.forEach((listener, prepared) -> listener.tls().discard(prepared));
        }
    }

    /**
     * Binds what is new in this configuration.
     *
     * @throws java.io.UncheckedIOException with one line that names listener and address; nothing is changed then
     */
    public Change prepare(List<ListenerConfig> configs) {
        Change change = new Change(configs);
        try {
            for (ListenerConfig config : configs) {
                Listener existing = byName.get(config.name());
                if (existing == null || !existing.serves(config)) {
                    Listener listener = new Listener(config, loops, destinations, pseudonym, ticketSecrets);
                    change.added.put(config.name(), listener);
                    change.prepareTls(listener, config);
                    listener.configure(config, subjectFields(configs), null);
                    listener.bind(!isOurs(config));
                } else {
                    change.prepareTls(existing, config);
                }
            }
        } catch (RuntimeException e) {
            change.abandon();
            throw e;
        }
        return change;
    }

    private static Set<String> subjectFields(List<ListenerConfig> configs) {
        return configs.stream()
                .map(ListenerSettings::subjectField)
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether another listener of this router, about to go, has the address still. */
    private boolean isOurs(ListenerConfig config) {
        return byName.values().stream()
                .anyMatch(listener -> listener.config().address().equals(config.address()));
    }

    /** The certificates that listeners show. Any thread. */
    public List<CertificateStatus> certificates() {
        return secured.stream().flatMap(tls -> tls.certificates().stream()).toList();
    }

    /** Where the listener of this name is bound, with the real port. */
    public InetSocketAddress address(String name) {
        Listener listener = byName.get(name);
        if (listener == null) {
            throw new IllegalArgumentException("no listener is named " + name);
        }
        return listener.address();
    }

    /** Stops accepting; connections end after the exchange at work. */
    public void retire() {
        departed.addAll(byName.values());
        byName.values().forEach(Listener::retire);
        byName.clear();
    }

    /** Connections of listeners that have departed. */
    public int openConnections() {
        return departed.stream().mapToInt(Listener::openConnections).sum();
    }

    /** Closes every socket and every connection, and waits a moment for the kernel to have heard of it. */
    @Override
    public void close() {
        retire();
        departed.forEach(Listener::closeAllConnections);
        long beginNanos = System.nanoTime();
        while (openConnections() > 0 && System.nanoTime() - beginNanos < CLOSE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        departed.clear();
    }
}
