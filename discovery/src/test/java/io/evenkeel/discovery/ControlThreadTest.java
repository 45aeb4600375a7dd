package io.evenkeel.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlThreadTest {

    private final ControlThread control = new ControlThread();

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void aTaskThatFailsDoesNotStopTheThread() {
        CompletableFuture<String> after = new CompletableFuture<>();
        control.execute(() -> {
            throw new IllegalStateException("task");
        });
        control.execute(() -> after.complete(Thread.currentThread().getName()));

        assertThat(after.join()).isEqualTo("evenkeel-control");
    }

    @Test
    void whatIsQueuedWhenItClosesStillRunsAndMaySchedule() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Scheduler.Timer> scheduled = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        control.execute(() -> {
            try {
                closed.await();
                scheduled.complete(control.schedule(never::countDown, Duration.ofMillis(1)));
            } catch (InterruptedException | RuntimeException e) {
                scheduled.completeExceptionally(e);
            }
        });
        control.close();
        closed.countDown();

        scheduled.join().cancel();
        assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void whatComesAfterItClosedIsRejectedBecauseSomebodyMayWaitForIt() {
        control.close();

        assertThatThrownBy(() -> control.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
