package io.evenkeel.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "primary, primary, true",
        "primary, blue, false",
        "primary or blue, blue, true",
        "primary and not old, old, true", // another instance may be primary and not old, under tags listed elsewhere
        "not old, old, true",
        "nothing, not, false",
        "knot, knot, true"
    })
    void aServiceIsRuledOutOnlyWhenNoneOfItsInstancesCanBeMeant(String expression, String tags, boolean may) {
        assertThat(new Choice(ConsulFixture.tags(expression)).mayMean(List.of(tags)))
                .isEqualTo(may);
    }
}
