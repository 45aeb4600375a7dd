package io.evenkeel.proxy.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.multiplex.KeepAlive.Act;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    private static final long SILENCE = KeepAlive.SILENCE_NANOS;

    private final KeepAlive keepAlive = new KeepAlive();

    @Test
    void whoSpeaksIsNotAsked() {
        keepAlive.heard(1000);
        assertThat(keepAlive.act(1000 + SILENCE - 1)).isEqualTo(Act.NOTHING);
    }

    @Test
    void whoIsSilentIsAskedOnceAndThenGivenUp() {
        keepAlive.heard(0);
        assertThat(keepAlive.act(SILENCE)).isEqualTo(Act.ASK);
        assertThat(keepAlive.act(2 * SILENCE - 1)).isEqualTo(Act.NOTHING);
        assertThat(keepAlive.act(2 * SILENCE)).isEqualTo(Act.GIVE_UP);
    }

    /** gRPC servers end connections on which they are asked again and again while they have nothing to say. */
    @Test
    void whoAnswersAndStaysSilentIsSeldomAskedAgain() {
        keepAlive.heard(0);
        keepAlive.act(SILENCE);
        keepAlive.answered();
        assertThat(keepAlive.act(SILENCE + KeepAlive.AGAIN_NANOS - 1)).isEqualTo(Act.NOTHING);
        assertThat(keepAlive.act(SILENCE + KeepAlive.AGAIN_NANOS)).isEqualTo(Act.ASK);
    }

    @Test
    void whoSpeaksAgainIsAskedAnew() {
        keepAlive.heard(0);
        keepAlive.act(SILENCE);
        keepAlive.heard(SILENCE + 1);
        assertThat(keepAlive.act(2 * SILENCE)).isEqualTo(Act.NOTHING);
        assertThat(keepAlive.act(2 * SILENCE + 1)).isEqualTo(Act.ASK);
    }
}
