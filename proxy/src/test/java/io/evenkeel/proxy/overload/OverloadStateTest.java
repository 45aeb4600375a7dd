package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverloadStateTest {

    private final OverloadState state = new OverloadState();

    @Test
    void nothingIsInForceAtFirst() {
        assertThat(state.accepting()).isTrue();
        assertThat(state.shortening()).isFalse();
        assertThat(state.rejects(0)).isFalse();
    }

    @Test
    void actionsAreInForceEachByItself() {
        state.publish(true, true, 10);
        assertThat(state.accepting()).isTrue();
        assertThat(state.shortening()).isTrue();
        assertThat(state.rejects(9)).isTrue();

        state.publish(false, false, 5);
        assertThat(state.accepting()).isFalse();
        assertThat(state.shortening()).isFalse();
        assertThat(state.rejects(4)).isTrue();
        assertThat(state.rejects(5)).isFalse();
    }

    @Test
    void whatIsAcceptedCountsAgainstTheRoomThereWas() {
        state.onAccepted();
        state.admit(state.accepted(), 2);
        state.onAccepted();
        assertThat(state.accepting()).isTrue();
        state.onAccepted();
        assertThat(state.accepting()).isFalse();

        state.admit(state.accepted(), 1);
        assertThat(state.accepting()).isTrue();
        state.admit(state.accepted(), -3);
        assertThat(state.accepting()).isFalse();
    }
}
