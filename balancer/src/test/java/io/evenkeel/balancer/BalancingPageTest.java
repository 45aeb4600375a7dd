package io.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/balancing.md} shows can be used as it stands. */
class BalancingPageTest {

    private static final Path PAGE = Path.of("../docs/balancing.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern IMAGE = Pattern.compile("\\]\\((img/[^)]+)\\)");

    static List<String> examples() throws IOException {
        return all(EXAMPLE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAValidConfiguration(String example) {
        String listener = "listeners: [{ name: web, address: \"127.0.0.1:0\" }]\n";
        Loaded loaded = ConfigFile.parse("balancing.md", listener + example, BalancingPageTest::secret);
        assertThat(loaded.orThrow().upstreams()).hasSize(1);
    }

    private static @Nullable String secret(String variable) {
        return variable.equals("STICKY_SECRET") ? "sixteen characters at least" : null;
    }

    @Test
    void everyImageIsThere() throws IOException {
        assertThat(all(IMAGE)).hasSize(5).allSatisfy(image -> assertThat(PAGE.resolveSibling(image))
                .exists());
    }

    private static List<String> all(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
