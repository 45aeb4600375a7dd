package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadConfigTest {

    static List<Examples.Example> bad() {
        return Examples.bad();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void everyErrorIsReportedWhereItStands(Examples.Example example) {
        Loaded loaded = Examples.load(example.yaml());

        assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
        assertThat(((Loaded.Invalid) loaded).problems().stream().map(ConfigProblem::toString))
                .containsExactlyElementsOf(example.messages());
    }
}
