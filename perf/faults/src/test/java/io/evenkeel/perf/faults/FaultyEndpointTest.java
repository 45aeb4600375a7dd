package io.evenkeel.perf.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.perf.load.Loopback;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint and the load against each other: each mode is felt as what it is, and everything is counted once. */
class FaultyEndpointTest {

    private static final int ENOUGH = 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    private final Map<Ending, AtomicLong> endings = new ConcurrentHashMap<>();
    private final FaultyEndpoint endpoint;
    private final OpenLoop load;

    FaultyEndpointTest() throws IOException {
        endpoint = FaultyEndpoint.start(loops.next(), address(), new SplittableRandom(1));
        endpoint.serve(new Service(1, 8));
        load = new OpenLoop(
                loops.next(),
                new OpenLoop.Plan(List.of(endpoint.address()), "/", 50, 100_000),
                new SplittableRandom(1),
                request -> count(request.ending).incrementAndGet());
    }

    @BeforeEach
    void serves() {
        load.rate(200);
        awaitMore(Ending.OK);
    }

    @AfterEach
    void close() {
        load.close();
        endpoint.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, BROKEN",
        "RESET_ON_ACCEPT, BROKEN",
        "RESET_AFTER_HEAD, BROKEN",
        "RESET_IN_HEAD, BROKEN",
        "RESET_IN_BODY, BROKEN",
        "TOO_SHORT, BROKEN",
        "TOO_LONG, WRONG",
        "GARBAGE, WRONG",
        "BUSY, SHED",
        "FLAP, BROKEN",
        "SLOW, OK",
        "SILENT, HUNG",
        "DEAF, HUNG",
        "VANISH, HUNG",
        "EARLY, OK"
    })
    void aFaultIsFeltAsWhatItIsAndPasses(Mode mode, Ending ending) {
        endpoint.become(mode);
        awaitMore(ending);
        endpoint.become(Mode.OK);
        awaitMore(Ending.OK);
    }

    @Test
    void everyRequestIsReceivedOnce() {
        load.rate(0);
        await().until(load::isDrained);
        assertThat(endpoint.attempts())
                .isEqualTo(load.count())
                .isEqualTo(count(Ending.OK).get());
        assertThat(endpoint.unsafeAttempts()).isBetween(1L, endpoint.attempts() - 1);
    }

    @Test
    void whatWasInFlightWhenItDiedIsKnown() {
        endpoint.become(Mode.SILENT);
        long before = endpoint.attempts();
        await().until(() -> endpoint.attempts() >= before + ENOUGH);
        load.rate(0);
        Impact impact = endpoint.become(Mode.REFUSE);
        assertThat(impact.inFlight()).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(impact.unsafe()).isBetween(1, impact.inFlight() - 1);
    }

    /** Time-outs of clients are long, so that this waits longer than usual. */
    private void awaitMore(Ending ending) {
        long until = count(ending).get() + ENOUGH;
        await().atMost(Duration.ofMinutes(1)).until(() -> count(ending).get() >= until);
    }

    private AtomicLong count(@Nullable Ending ending) {
        return endings.computeIfAbsent(Objects.requireNonNull(ending), none -> new AtomicLong());
    }

    private static InetSocketAddress address() throws IOException {
        InetSocketAddress any = Loopback.address(10, 0);
        try (ServerSocket free = new ServerSocket(0, 1, any.getAddress())) {
            return new InetSocketAddress(any.getAddress(), free.getLocalPort());
        }
    }
}
