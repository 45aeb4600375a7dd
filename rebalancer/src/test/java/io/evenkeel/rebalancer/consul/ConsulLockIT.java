package io.evenkeel.rebalancer.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.consul.ConsulAgents;
import io.evenkeel.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kiwiproject.consul.model.session.ImmutableSession;

class ConsulLockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent consul;

    private final ConsulAgents agents = new ConsulAgents(consul.config(TIMEOUT));

    @BeforeAll
    static void startConsul() {
        consul = ConsulAgent.started();
    }

    @AfterAll
    static void stopConsul() {
        consul.close();
    }

    @AfterEach
    void close() {
        agents.close();
    }

    @Test
    void oneHoldsItAndTheNextGetsItWhenItIsGivenBack() {
        try (ConsulLock next = new ConsulLock(agents, "one", "next")) {
            try (ConsulLock first = new ConsulLock(agents, "one", "first")) {
                first.start();
                await().atMost(PATIENCE).until(first::held);
                next.start();
                await().atMost(PATIENCE).until(() -> next.problem().contains("the active rebalancer is first"));
                assertThat(next.held()).isFalse();
            }
            await().atMost(PATIENCE).until(next::held);
        }
    }

    @Test
    void itIsKeptForLongerThanASessionLives() {
        try (ConsulLock lock = new ConsulLock(agents, "kept", "one")) {
            lock.start();
            await().atMost(PATIENCE).until(lock::held);
            await().during(ConsulLock.TTL.plusSeconds(6)).atMost(PATIENCE).until(lock::held);
        }
    }

    @Test
    void whoeverTakesTheKeyAwayTakesTheLockAway() {
        try (ConsulLock lock = new ConsulLock(agents, "taken", "one");
                ConsulLock thief = new ConsulLock(agents, "taken", "thief")) {
            lock.start();
            await().atMost(PATIENCE).until(lock::held);
            agents.client().keyValueClient().deleteKey("taken");
            thief.start();
            await().atMost(PATIENCE).until(thief::held);
            await().atMost(PATIENCE).until(() -> !lock.held());
            assertThat(lock.problem()).contains("the active rebalancer is thief");
        }
    }

    @Test
    void whoseSessionWasEndedTakesItAgainWithAnother() {
        try (ConsulLock lock = new ConsulLock(agents, "ended", "one")) {
            lock.start();
            await().atMost(PATIENCE).until(lock::held);
            String session =
                    agents.client().keyValueClient().getSession("ended").orElseThrow();
            agents.client().sessionClient().destroySession(session);
            await().atMost(PATIENCE).until(() -> !lock.held());
            await().atMost(PATIENCE).until(lock::held);
            assertThat(agents.client().keyValueClient().getSession("ended"))
                    .isPresent()
                    .isNotEqualTo(Optional.of(session));
        }
    }

    @Test
    void aDeadHolderIsDismissedAndNobodyElse() {
        String session = agents.client()
                .sessionClient()
                .createSession(ImmutableSession.builder()
                        .name("dead")
                        .ttl("3600s") // it will not end by itself
                        .lockDelay("1s")
                        .build())
                .getId();
        assertThat(agents.client().keyValueClient().acquireLock("dead", "0123456789ab 7", session))
                .isTrue();
        try (ConsulLock next = new ConsulLock(agents, "dead", "next")) {
            next.start();
            await().atMost(PATIENCE).until(() -> next.rival().equals(Optional.of("0123456789ab 7")));
            next.dismiss("0123456789ab 8");
            next.dismiss("next");
            assertThat(next.rival()).contains("0123456789ab 7");
            assertThat(agents.client().keyValueClient().getSession("dead")).contains(session);
            next.dismiss("0123456789ab 7");
            await().atMost(PATIENCE).until(next::held);
            assertThat(next.rival()).isEmpty();
        }
    }

    @Test
    void withoutConsulNobodyHoldsIt() {
        ConsulAgent other = ConsulAgent.started();
        try (ConsulAgents its = new ConsulAgents(other.config(Duration.ofSeconds(1)));
                ConsulLock lock = new ConsulLock(its, "gone", "one")) {
            lock.start();
            await().atMost(PATIENCE).until(lock::held);
            other.kill();
            await().atMost(PATIENCE).until(() -> !lock.held());
            assertThat(lock.problem()).contains("consul ");
        } finally {
            other.close();
        }
    }

    @Test
    void nodesAreSeenWithTheirHealthAndATextIsKept() {
        ConsulView view = new ConsulView(agents, "memory");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view.nodes()).singleElement().satisfies(node -> {
                    assertThat(node.name()).isEqualTo(consul.node());
                    assertThat(node.passing()).isTrue();
                    assertThat(node.said()).contains("serfHealth passing");
                }));
        assertThat(view.remembered()).isEmpty();
        view.remember("{\"n1\":1}");
        assertThat(view.remembered()).contains("{\"n1\":1}");
    }
}
