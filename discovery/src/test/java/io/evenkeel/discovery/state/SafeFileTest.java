package io.evenkeel.discovery.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("state");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        new SafeFile(path).write(octets("one"));
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void nothingButTheFileIsLeftBehind() throws IOException {
        SafeFile file = new SafeFile(path);
        file.write(octets("one"));
        file.write(octets("two"));
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(path);
        }
        assertThat(text(file)).isEqualTo("two");
    }

    @Test
    void aProcessKilledBeforeTheRenameLeavesTheOlderFileAndTheNextWriteSucceeds() throws IOException {
        SafeFile file = new SafeFile(path);
        file.write(octets("one"));
        Files.writeString(folder.resolve("state.tmp"), "hal");
        assertThat(text(new SafeFile(path))).isEqualTo("one");
        file.write(octets("two"));
        assertThat(text(file)).isEqualTo("two");
        assertThat(folder.resolve("state.tmp")).doesNotExist();
    }

    @Test
    void aLinkLaidInItsWayIsNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve("state.tmp"), victim);
        new SafeFile(path).write(octets("one"));
        assertThat(victim).hasContent("precious");
    }

    @Test
    void moreThanTheLimitIsNotRead() throws IOException {
        SafeFile file = new SafeFile(path);
        file.write(octets("12345"));
        assertThat(file.read(5)).hasSize(5);
        assertThatThrownBy(() -> file.read(4)).isInstanceOf(IOException.class).hasMessage("more than 4 bytes");
    }

    @Test
    void aFileSetAsideReplacesTheOneSetAsideBefore() throws IOException {
        SafeFile file = new SafeFile(path);
        for (String text : new String[] {"one", "two"}) {
            file.write(octets(text));
            assertThat(file.setAside(".corrupt")).isEqualTo(folder.resolve("state.corrupt"));
        }
        assertThat(path).doesNotExist();
        assertThat(folder.resolve("state.corrupt")).hasContent("two");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(SafeFile file) throws IOException {
        return new String(file.read(100), StandardCharsets.UTF_8);
    }
}
