package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigJsonTest {

    /** All but that with a secret, which is never rendered. */
    static List<Examples.Example> good() {
        return Examples.good().stream()
                .filter(example -> !example.yaml().contains("secret:"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsRenderedLoadsAsTheSameConfiguration(Examples.Example example) {
        RouterConfig config = Examples.load(example.yaml()).orThrow();

        assertThat(Examples.load(ConfigJson.render(config)).orThrow()).isEqualTo(config);
    }

    @Test
    void durationsAndSizesAreWrittenAsInYaml() {
        String json = ConfigJson.render(
                Examples.load("listeners: [{ name: web, address: '[::]:80' }]").orThrow());

        assertThat(json)
                .contains("\"max-head-bytes\" : \"16KiB\"")
                .contains("\"max-fields\" : 100")
                .contains("\"idle\" : \"60s\"")
                .contains("\"via\" : true")
                .contains("\"address\" : \"[::]:80\"")
                .contains("\"trusted-proxies\" : [ ]")
                .doesNotContain("null");
    }
}
