package io.evenkeel.discovery.register;

import static io.evenkeel.discovery.register.Tasks.desired;
import static io.evenkeel.discovery.register.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is registered, renewed and taken away, in virtual time and against a registry in memory. */
class ReconcilerTest {

    private static final Duration RENEW = Duration.ofSeconds(20);

    private final VirtualScheduler clock = new VirtualScheduler();
    private final Tasks.Registry registry = new Tasks.Registry();
    private final Reconciler reconciler = new Reconciler(registry, RENEW, clock::nanoTime);

    @Test
    void whatIsMissingIsRegisteredAndWhatIsGoneIsTakenAway() {
        reconciler.reconcile(desired(task("t1", 80), task("t2", 80)));
        assertThat(registry.taken()).containsExactly("register t1", "register t2");

        reconciler.reconcile(desired(task("t2", 80), task("t3", 80)));
        assertThat(registry.taken()).containsExactly("register t3", "deregister t1");
    }

    @Test
    void whatStandsAsItShouldIsLeftAloneUntilItsSignOfLifeIsDue() {
        reconciler.reconcile(desired(task("t1", 80)));
        registry.taken();
        clock.advance(RENEW.minusSeconds(1));
        reconciler.reconcile(desired(task("t1", 80)));
        assertThat(registry.taken()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        reconciler.reconcile(desired(task("t1", 80)));
        assertThat(registry.taken()).containsExactly("renew t1");
    }

    @Test
    void whatSomebodyChangedIsRegisteredAnew() {
        reconciler.reconcile(desired(task("t1", 80)));
        registry.ours.put("t1", task("t1", 81));
        registry.taken();
        reconciler.reconcile(desired(task("t1", 80)));
        assertThat(registry.taken()).containsExactly("register t1");
    }

    @Test
    void aRegistryThatLostItsMemoryGetsEverythingAnew() {
        reconciler.reconcile(desired(task("t1", 80), task("t2", 80)));
        registry.ours.clear();
        registry.taken();
        reconciler.reconcile(desired(task("t1", 80), task("t2", 80)));
        assertThat(registry.taken()).containsExactly("register t1", "register t2");
    }

    @Test
    void inDoubtNothingIsTakenAwayButKeptAlive() {
        reconciler.reconcile(desired(task("t1", 80), task("t2", 80)));
        registry.taken();
        clock.advance(RENEW);
        reconciler.reconcile(desired(task("t2", 80)).doubted());
        assertThat(registry.taken()).containsExactly("renew t2", "renew t1");
    }

    @Test
    void aRegistrarThatHasNotHeardOfSwarmYetKeepsWhatItsPredecessorRegisteredAlive() {
        registry.ours.put("t1", task("t1", 80));
        reconciler.reconcile(Desired.UNKNOWN);
        assertThat(registry.taken()).containsExactly("renew t1");
    }

    @Test
    void aTaskThatMayNotBeSentTrafficSaysSoAtOnce() {
        reconciler.reconcile(desired(task("t1", 80)));
        registry.taken();
        reconciler.reconcile(new Desired(Map.of("t1", new Desired.Task(task("t1", 80), false)), true));
        assertThat(registry.taken()).containsExactly("renew t1 down");
        reconciler.reconcile(desired(task("t1", 80)));
        assertThat(registry.taken()).containsExactly("renew t1");
    }

    @Test
    void whatOthersRegisteredIsNeverTouched() {
        reconciler.reconcile(desired(task("foreign", 80)));
        assertThat(registry.taken()).isEmpty();
    }

    @Test
    void aFailureLeavesTheRestForTheNextTime() {
        registry.trouble = "no route\nto host";
        assertThatThrownBy(() -> reconciler.reconcile(desired(task("t1", 80))))
                .isInstanceOf(RegistryFailure.class)
                .hasMessage("consul: no route to host");
        registry.trouble = null;
        reconciler.reconcile(desired(task("t1", 80)));
        assertThat(registry.taken()).containsExactly("register t1");
        assertThat(Objects.requireNonNull(registry.ours.get("t1")).port()).isEqualTo(80);
    }
}
