package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.telemetry.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcStatusTest {

    @ParameterizedTest
    @CsvSource({
        "NO_ENDPOINT, 14",
        "CONNECT_FAILED, 14",
        "CONNECT_TIMEOUT, 14",
        "OVERLOADED, 14",
        "PENDING_OVERFLOW, 14",
        "UPSTREAM_RESET, 14",
        "STREAM_REFUSED, 14",
        "STREAM_UNPROCESSED, 14",
        "SHUTDOWN, 14",
        "TOTAL_TIMEOUT, 4",
        "RESPONSE_HEAD_TIMEOUT, 4",
        "PER_TRY_TIMEOUT, 4",
        "UPSTREAM_IDLE, 4",
        "RATE_LIMITED, 8",
        "BODY_TOO_LARGE, 8",
        "NO_ROUTE, 12",
        "MALFORMED_REQUEST, 13",
        "MALFORMED_RESPONSE, 13",
        "INTERNAL, 13",
        "CLIENT_ABORTED, 1"
    })
    void aFailureHasTheCodeThatClientsKnowItBy(Failure failure, int code) {
        assertThat(GrpcStatus.of(failure)).isEqualTo(code);
    }

    /** Codes beyond 16 are UNKNOWN to clients, and 0 would tell them that all went well. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void noFailurePassesForSuccess(Failure failure) {
        assertThat(GrpcStatus.of(failure)).isBetween(1, 16);
    }

    /** Clients repeat what is UNAVAILABLE, and only that: whoever might succeed elsewhere or later must be. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void whatTheRouterTriesAgainWhateverItIsIsUnavailable(Failure failure) {
        boolean again = failure.retry() == Failure.Retry.ALWAYS || failure.retry() == Failure.Retry.IF_AT_HAND;
        assertThat(!again || GrpcStatus.of(failure) == GrpcStatus.UNAVAILABLE).isTrue();
    }
}
