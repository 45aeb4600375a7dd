package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    /** A record with a secret that must be given and one that may. */
    record Account(@Knob Secret password, @Knob Optional<Secret> token) {}

    private final Path folder;

    private final Problems problems = new Problems("x.yaml");

    SecretTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private @Nullable Object bind(String yaml) {
        Node root = Objects.requireNonNull(YamlTree.read(yaml, Examples.ENVIRONMENT, problems));
        return new Binder(problems, folder).bind(Shapes.of(Account.class), root, "");
    }

    private List<String> messages(String yaml) {
        assertThat(bind(yaml)).isNull();
        return problems.sorted().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void aSecretIsReadFromTheFileItsKeyNames() throws IOException {
        Files.writeString(folder.resolve("password"), "top\nsecret\n");
        Files.writeString(folder.resolve("token"), "t");

        assertThat(bind("{ password-file: password, token-file: " + folder.resolve("token") + " }"))
                .isEqualTo(new Account(new Secret("top\nsecret"), Optional.of(new Secret("t"))));
    }

    @Test
    void aSecretMayStandInTheFileItself() {
        assertThat(bind("password: hunter2")).isEqualTo(new Account(new Secret("hunter2"), Optional.empty()));
    }

    @Test
    void aSecretIsNeverPrinted() {
        Account account = new Account(new Secret("hunter2"), Optional.of(new Secret("hunter3")));

        assertThat(account.toString()).doesNotContain("hunter");
        assertThat(ConfigJson.render(Shapes.of(Account.class), account))
                .doesNotContain("hunter")
                .contains("\"password\" : \"***\"");
    }

    @Test
    void aSecretThatMustBeGivenIsMissed() {
        assertThat(messages("token: t"))
                .containsExactly("x.yaml:1:1: password: missing (expected: a secret that is not empty)");
    }

    @Test
    void aSecretIsNotGivenTwice() {
        assertThat(messages("{ password: a, password-file: b }"))
                .containsExactly("x.yaml:1:31: password-file: given besides password (expected: one of them)");
    }

    @Test
    void aSecretsFileThatCannotBeReadIsLocated() {
        assertThat(messages("password-file: nowhere"))
                .containsExactly("x.yaml:1:16: password-file: nowhere cannot be read (expected: a readable file)");
    }

    @Test
    void anEmptySecretsFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");

        assertThat(messages("password-file: empty"))
                .containsExactly("x.yaml:1:16: password-file: empty is empty (expected: a secret of 1 byte to 64 KiB)");
    }

    @Test
    void aSecretsFileThatIsTooLargeIsRefused() throws IOException {
        Files.writeString(folder.resolve("large"), "x".repeat((64 << 10) + 1));

        assertThat(messages("password-file: large"))
                .containsExactly(
                        "x.yaml:1:16: password-file: large is too large (expected: a secret of 1 byte to 64 KiB)");
    }

    @Test
    void aSecretsFileNameMustBeAText() {
        assertThat(messages("password-file: [a]"))
                .containsExactly("x.yaml:1:16: password-file: a list (expected: a file name)");
    }
}
