package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.41, 1.12, 1.41", // Docker 20.10
        "1.40, 1.12, 1.40", // Docker 19.03
        "1.9, 1.9, 1.9",
        "1.43, 1.24, 1.41",
        "1.52, 1.44, 1.44", // Docker 29
        "1.41, '', 1.41",
        "2.0, 1.9, 1.41"
    })
    void oursIsSpokenUnlessTheEngineIsTooOldOrTooNew(String newest, String oldest, String agreed) {
        String answer = "{\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\"}".formatted(newest, oldest);
        assertThat(ApiVersion.agreed(Pictures.json(answer))).hasToString(agreed);
    }

    @Test
    void anAnswerWithoutAVersionIsNone() {
        assertThatThrownBy(() -> ApiVersion.agreed(Pictures.json("{}")))
                .isInstanceOf(EngineFailure.class)
                .hasMessage("the API version is \"\" (expected: one such as 1.41)");
    }
}
