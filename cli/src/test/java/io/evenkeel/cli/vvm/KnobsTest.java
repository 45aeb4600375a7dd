package io.evenkeel.cli.vvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnobsTest {

    @Test
    void requestWithoutKnobsIsAnsweredAtOnceWith200() {
        assertThat(knobs("/")).isEqualTo(new Knobs(0, OptionalLong.empty(), 200));
    }

    @Test
    void otherParametersAreLeftAlone() {
        assertThat(knobs("/?user=7&flag&status=503").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({"0ms,0", "50ms,50", "2s,2000", "60s,60000", "60000ms,60000"})
    void delayHasAUnit(String text, long millis) {
        assertThat(knobs("/?delay=" + text).delayMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "500,500", "10k,10240", "1m,1048576", "64m,67108864"})
    void sizeCountsInBinaryUnits(String text, long bytes) {
        assertThat(knobs("/?size=" + text).sizeBytes()).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "delay=50,delay",
        "delay=,delay",
        "delay=61s,delay",
        "delay=-1ms,delay",
        "delay=99999999999ms,delay",
        "size=,size",
        "size=65m,size",
        "size=67108865,size",
        "size=-1,size",
        "size=1g,size",
        "status=199,status",
        "status=600,status",
        "status=,status",
        "status=abc,status",
        "status=200&status=503,status"
    })
    void knobThatIsMalformedOutOfRangeOrGivenTwiceIsNamed(String query, String knob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> knobs("/?" + query))
                .withMessageStartingWith(knob + ": expected ");
    }

    private static Knobs knobs(String target) {
        return Knobs.of(new QueryStringDecoder(target));
    }
}
