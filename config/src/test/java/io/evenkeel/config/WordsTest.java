package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"maxHeadBytes, max-head-bytes", "IO_URING, io-uring", "via, via", "OFF, off", "DnsSource, dns-source"})
    void javaNamesAreWrittenInKebabCase(String java, String yaml) {
        assertThat(Words.kebab(java)).isEqualTo(yaml);
    }

    @ParameterizedTest
    @CsvSource({"listener, listeners", "upsteams, upstreams", "acess_log, access-log", "rotues, routes"})
    void theNearestKnownWordIsSuggested(String word, String nearest) {
        assertThat(Words.suggest(word, List.of("listeners", "routes", "upstreams", "access-log")))
                .isEqualTo(nearest);
    }

    @Test
    void allWordsAreSuggestedWhereNoneIsNear() {
        assertThat(Words.suggest("quux", List.of("address", "backlog", "name"))).isEqualTo("address, backlog or name");
    }
}
