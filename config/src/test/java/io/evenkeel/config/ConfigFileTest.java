package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    private static final String LEAST = "listeners: [{ name: web, address: '[::]:80' }]\n";

    private final Path folder;

    ConfigFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private String messageFor(byte[] contents) throws IOException {
        Path file = Files.write(folder.resolve("evenkeel.yaml"), contents);
        Loaded loaded = ConfigFile.load(file);
        assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
        return ((Loaded.Invalid) loaded)
                .problems()
                .get(0)
                .toString()
                .substring(file.toString().length());
    }

    @Test
    void aFileIsReadWithTheVariablesOfTheProcess() throws IOException {
        Path file = Files.writeString(folder.resolve("evenkeel.yaml"), LEAST + "runtime: { name: \"${NO_SUCH_-x}\" }");
        Path right = Files.writeString(folder.resolve("right.yaml"), LEAST + "runtime: { name: \"${NO_SUCH_:-x}\" }");

        assertThat(ConfigFile.load(file)).isInstanceOf(Loaded.Invalid.class);
        assertThat(ConfigFile.load(right).orThrow().runtime().name()).isEqualTo("x");
    }

    @Test
    void aMissingFileIsOneProblem() {
        Path file = folder.resolve("nowhere.yaml");

        assertThat(ConfigFile.load(file))
                .isInstanceOfSatisfying(Loaded.Invalid.class, invalid -> assertThat(invalid.problems())
                        .extracting(ConfigProblem::toString)
                        .containsExactly(file + ":1:1: no such file (expected: a file of UTF-8 text, at most 1 MiB)"));
    }

    @Test
    void aFolderIsOneProblem() {
        assertThat(ConfigFile.load(folder)).isInstanceOf(Loaded.Invalid.class);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        String comments = "#".repeat(ConfigFile.MAX_BYTES);

        assertThat(messageFor((LEAST + comments).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(":1:1: cannot be read: too large (expected: a file of UTF-8 text, at most 1 MiB)");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        assertThat(messageFor(new byte[] {'a', ':', ' ', (byte) 0xff}))
                .isEqualTo(":1:1: not UTF-8 (expected: a file of UTF-8 text, at most 1 MiB)");
    }

    @Test
    void problemsBeyondAThousandAreSummedUp() {
        StringBuilder keys = new StringBuilder(LEAST);
        for (int i = 0; i < 1500; i++) {
            keys.append("unknown").append(i).append(": 1\n");
        }

        Loaded.Invalid invalid = (Loaded.Invalid) Examples.load(keys.toString());

        assertThat(invalid.problems()).hasSize(1001);
        assertThat(invalid.problems().get(1000).what()).isEqualTo("and 500 more errors");
    }

    @Test
    void theFingerprintTellsTextsApart() {
        assertThat(Examples.load(LEAST).fingerprint())
                .isEqualTo(Examples.load(LEAST).fingerprint())
                .isNotEqualTo(Examples.load(LEAST + " ").fingerprint());
    }

    @Test
    void aListThatIsLeftOutHasItsDefaultAndAnEmptyOneIsEmpty() {
        String routes = LEAST + "routes: [{ upstream: vvm }, { name: none, upstream: vvm, upgrades: [] }]\n"
                + "upstreams: [{ name: vvm, endpoints: [{ static: [\"127.0.0.1:1\"] }] }]\n";

        assertThat(Examples.load(routes).orThrow().routes())
                .extracting(RouteConfig::upgrades)
                .containsExactly(List.of("websocket"), List.of());
    }

    @Test
    void demandingTheConfigurationOfABadFileTellsItsProblems() {
        Loaded loaded = Examples.load("listeners: []");

        assertThatThrownBy(loaded::orThrow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("evenkeel.yaml:1:12: listeners: an empty list (expected: at least 1 element)");
    }
}
