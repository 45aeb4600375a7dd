package io.evenkeel.rebalancer.consul;

import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.consul.ConsulAgents;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kiwiproject.consul.Consul;
import org.kiwiproject.consul.ConsulException;
import org.kiwiproject.consul.model.kv.Value;
import org.kiwiproject.consul.model.session.ImmutableSession;

/**
 * A key in Consul that one process at a time holds, by a session that ends when it is not renewed. Consul gives the key to somebody else only after the
 * session's time and a delay, so whoever stops believing in time is never one of two.
 *
 * <p><b>Threading.</b> A daemon thread of its own renews; the rest is callable from any thread.
 */
public final class ConsulLock implements AutoCloseable {

    /** How long a session lives without a sign of life. Consul may take twice that to notice. */
    static final Duration TTL = Duration.ofSeconds(15);

    /** How long nobody gets the key after its holder's session ended. Short, because the version of each service is the real fence. */
    private static final Duration DELAY = Duration.ofSeconds(5);

    private static final Duration RENEW_EVERY = TTL.dividedBy(3);

    /** How often it is asked for while it is not ours. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    /** What Consul answers about a session that has ended. */
    private static final int NOT_FOUND = 404;

    private final ConsulAgents agents;
    private final String key;
    private final String holder;
    private final ScheduledExecutorService renewer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "evenkeel-lock");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable String session; // renewer only
    private boolean acquired; // renewer only

    /** The {@link System#nanoTime} until which it is ours for certain; the renewer writes, everybody reads. */
    private volatile long heldUntilNanos = System.nanoTime();

    /** Why it is not ours; the renewer writes, everybody reads. */
    private volatile String problem = "not asked for yet";

    /** Who has it instead; the renewer writes, everybody reads. */
    private volatile Optional<String> rival = Optional.empty();

    /** @param holder what others are told who holds it */
    public ConsulLock(ConsulAgents agents, String key, String holder) {
        this.agents = agents;
        this.key = key;
        this.holder = holder;
    }

    /** Begins to ask for it, and to keep it. */
    public void start() {
        renewer.execute(this::renewForEver);
    }

    private void renewForEver() {
        try {
            renew();
        } finally {
            if (!renewer.isShutdown()) {
                Duration next = acquired ? RENEW_EVERY : ASK_EVERY;
                var unused = renewer.schedule(this::renewForEver, next.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Whether it is ours at this moment. */
    public boolean held() {
        return heldUntilNanos - System.nanoTime() > 0;
    }

    /** Why it is not ours. */
    public String problem() {
        return problem;
    }

    /** Who holds it instead, as far as that is known. */
    public Optional<String> rival() {
        return rival;
    }

    /** Ends the session of a holder that is known to run no more, so that nobody need wait until it expires; of anybody else's nothing. */
    public void dismiss(String dead) {
        renewer.execute(() -> {
            try {
                Consul consul = agents.client();
                consul.keyValueClient()
                        .getValue(key)
                        .filter(value -> value.getValueAsString().equals(Optional.of(dead)))
                        .flatMap(Value::getSession)
                        .ifPresent(consul.sessionClient()::destroySession);
            } catch (ConsulException | IllegalStateException e) {
                problem = dead + " is not dismissed: " + InnermostCause.message(e); // its session ends by itself
            }
        });
    }

    private void renew() {
        String agent = agents.name();
        long begun = System.nanoTime();
        try {
            if (keep(agents.client())) {
                heldUntilNanos = begun + TTL.toNanos();
            }
        } catch (ConsulException | UnsupportedOperationException | IllegalStateException e) {
            agents.failed(agent);
            problem = "consul " + agent + ": " + InnermostCause.message(e);
        }
    }

    private boolean keep(Consul consul) {
        if (session != null && !renewed(consul, session)) {
            forget();
        }
        String mine = session == null ? begin(consul) : session;
        session = mine;
        acquired = acquired
                && consul.keyValueClient().getSession(key).filter(mine::equals).isPresent();
        if (!acquired) {
            heldUntilNanos = System.nanoTime();
            acquired = consul.keyValueClient().acquireLock(key, holder, mine);
        }
        rival = acquired ? Optional.empty() : holderOf(consul);
        if (!acquired) {
            problem = rival.map(other -> "the active rebalancer is " + other)
                    .orElse("the last holder of " + key + " has just gone");
        }
        return acquired;
    }

    /** Its name stays on the key when its session has ended. */
    private Optional<String> holderOf(Consul consul) {
        return consul.keyValueClient()
                .getValue(key)
                .filter(value -> value.getSession().isPresent())
                .flatMap(Value::getValueAsString)
                .filter(other -> !other.equals(holder));
    }

    /** Whether a session lives on; one that has ended, because a node failed or it was not renewed in time, is not found. */
    private static boolean renewed(Consul consul, String session) {
        try {
            return consul.sessionClient().renewSession(session).isPresent();
        } catch (ConsulException e) {
            if (e.hasCode() && e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void forget() {
        session = null;
        acquired = false;
        heldUntilNanos = System.nanoTime();
    }

    private static String begin(Consul consul) {
        return consul.sessionClient()
                .createSession(ImmutableSession.builder()
                        .name("evenkeel-rebalancer")
                        .ttl(TTL.toSeconds() + "s")
                        .lockDelay(DELAY.toSeconds() + "s")
                        .behavior("release")
                        .build())
                .getId();
    }

    /** Gives it back, so that the next holder need not wait. */
    @Override
    public void close() {
        renewer.execute(this::giveBack);
        renewer.shutdown();
        try {
            if (!renewer.awaitTermination(TTL.toMillis(), TimeUnit.MILLISECONDS)) {
                renewer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack() {
        String mine = session;
        heldUntilNanos = System.nanoTime();
        if (mine == null) {
            return;
        }
        try {
            var unused = agents.client().keyValueClient().releaseLock(key, mine);
            agents.client().sessionClient().destroySession(mine);
        } catch (ConsulException | IllegalStateException e) {
            problem = "not given back: " + e.getMessage(); // the session ends by itself
        }
    }
}
