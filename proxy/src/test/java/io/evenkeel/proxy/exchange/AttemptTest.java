package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the end of an attempt says about its endpoint. */
class AttemptTest {

    private final List<String> heard = new ArrayList<>();
    private final EndpointState endpoint = observed(heard);
    private final Attempt attempt = unconnected();

    private static EndpointState observed(List<String> heard) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        EndpointState endpoint = new EndpointState(MergedEndpoint.of("static", Endpoint.at(address)));
        endpoint.observers(List.of(new AttemptObserver() {
            @Override
            public void onSuccess(EndpointState at, long headNanos) {
                heard.add("success " + headNanos);
            }

            @Override
            public void onDropped(EndpointState at, Fault fault) {
                heard.add("dropped " + fault);
            }
        }));
        return endpoint;
    }

    /** Nothing happens on a connection here. */
    @SuppressWarnings("NullAway")
    private static Attempt unconnected() {
        return new Attempt(null);
    }

    @BeforeEach
    void begin() {
        assertThat(attempt.begin(endpoint)).isTrue();
        assertThat(endpoint.inFlight()).isEqualTo(1);
    }

    @AfterEach
    void nothingIsInFlight() {
        assertThat(endpoint.inFlight()).isZero();
    }

    private void answer(String head) {
        ResponseHead parsed = new ResponseHead(1024, 10);
        ByteBuf in = Unpooled.wrappedBuffer(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(parsed.read(in, 1024, 10)).isEqualTo(HeadVerdict.COMPLETE);
        attempt.onHead(parsed, 350);
    }

    @Test
    void theTimeOfASuccessIsFromTheRequestSentToTheHead() {
        attempt.onSent(100);
        answer("200 OK");
        assertThat(attempt.well()).isTrue();
        attempt.succeed(true);
        assertThat(heard).containsExactly("success 250");
    }

    @Test
    void theTimeOfAnAnswerToAnUnfinishedRequestIsNotKnown() {
        answer("413 Content Too Large");
        attempt.succeed(false);
        assertThat(heard).containsExactly("success -1");
    }

    @Test
    void whatTheLastAttemptKnewIsForgotten() {
        attempt.onSent(100);
        answer("502 Bad Gateway");
        attempt.succeed(true);
        begin();
        answer("200 OK");
        attempt.succeed(true);
        assertThat(heard).containsExactly("dropped GATEWAY", "success -1");
    }

    @ParameterizedTest
    @CsvSource({
        "500 Internal Server Error, success 250",
        "429 Too Many Requests, success 250",
        "501 Not Implemented, success 250",
        "502 Bad Gateway, dropped GATEWAY",
        "503 Service Unavailable, dropped GATEWAY",
        "504 Gateway Timeout, dropped GATEWAY"
    })
    void anAnswerSaysWhetherTheEndpointIsWell(String status, String outcome) {
        attempt.onSent(100);
        answer(status);
        attempt.succeed(true);
        assertThat(heard).containsExactly(outcome);
    }

    @Test
    void aFullEndpointThatSaysWhenToComeBackHasNotFailed() {
        answer("503 Service Unavailable\r\nretry-AFTER: 1");
        assertThat(attempt.well()).isFalse();
        attempt.succeed(true);
        assertThat(heard).containsExactly("dropped BACK_PRESSURE");
        assertThat(endpoint.failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfAnotherSideSaysNothing(Failure failure) {
        attempt.end(failure);
        boolean says = failure.side() == Side.UPSTREAM
                && failure != Failure.TOTAL_TIMEOUT
                && failure != Failure.STREAM_UNPROCESSED; // the endpoint took its leave in order
        assertThat(heard).hasSize(says ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT_FAILED, CONNECT",
        "CONNECT_TIMEOUT, CONNECT",
        "UPSTREAM_RESET, GATEWAY",
        "RESPONSE_HEAD_TIMEOUT, GATEWAY",
        "MALFORMED_RESPONSE, GATEWAY",
        "UPSTREAM_IDLE, GATEWAY"
    })
    void aFailureOfTheEndpointSaysWhich(Failure failure, Fault fault) {
        attempt.end(failure);
        assertThat(heard).containsExactly("dropped " + fault);
    }

    @Test
    void timeThatRunsOutIsTheEndpointsFaultOnlyWhileItOwesAnAnswer() {
        attempt.end(Failure.TOTAL_TIMEOUT);
        assertThat(heard).as("before all was sent").isEmpty();
        begin();
        attempt.onSent(100);
        answer("200 OK");
        attempt.end(Failure.TOTAL_TIMEOUT);
        assertThat(heard).as("in a long download").isEmpty();
        begin();
        attempt.onSent(100);
        attempt.end(Failure.TOTAL_TIMEOUT);
        assertThat(heard).containsExactly("dropped GATEWAY");
    }

    @Test
    void aBadAnswerCountsEvenIfTheClientLeavesBeforeItsEnd() {
        answer("502 Bad Gateway");
        attempt.end(Failure.CLIENT_ABORTED);
        assertThat(heard).containsExactly("dropped GATEWAY");
    }

    @Test
    void anAttemptThatNobodyWantsAnyMoreSaysNothing() {
        attempt.onSent(100);
        attempt.cancel();
        attempt.cancel();
        attempt.end(Failure.UPSTREAM_RESET);
        assertThat(heard).isEmpty();
    }
}
