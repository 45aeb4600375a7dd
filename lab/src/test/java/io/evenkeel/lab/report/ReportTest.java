package io.evenkeel.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Scenes;
import io.evenkeel.lab.verdict.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Set<String> VVM = Set.of("vvm");
    private final Recording recording = new Recording();

    ReportTest() {
        recording.add(Scenes.snapshot(1000, 2, 2, 2));
        recording.add(new Mark(2000, "fail n3: cut & <gone>"));
        recording.add(Scenes.snapshot(9000, 3, 3, 0));
        recording.add(Scenes.good(1500, 3));
        recording.add(Scenes.bad(2500, 3));
    }

    private Report report(Check... checks) {
        return new Report("cut", "A cable is pulled.", VVM, recording, List.of(checks));
    }

    @Test
    void itPassesOnlyIfEveryCheckDoes() {
        Check good = new Check("a", true, "1");
        assertThat(report(good).passed()).isTrue();
        assertThat(report(good, new Check("b", false, "2")).passed()).isFalse();
        assertThat(report().passed()).isFalse();
    }

    @Test
    void thePageSaysWhatWasDoneAndWhatCameOfIt() {
        assertThat(report(new Check("a", true, "1")).page())
                .contains("# Drill cut: PASS", "| PASS | a | 1 |", "1.0 s  » fail n3: cut", "8.0 s  tasks 3-3-0");
    }

    @Test
    void thePlotIsTheSameForTheSameRecordingAndWellFormed() throws Exception {
        String plot = Plot.of("drill cut", recording, VVM);
        assertThat(Plot.of("drill cut", recording, VVM)).isEqualTo(plot);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(plot.getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(5);
    }

    @Test
    void everyRequestIsInTheTable(@TempDir Path folder) throws IOException {
        report().write(folder);
        try (GZIPInputStream table = new GZIPInputStream(Files.newInputStream(folder.resolve("requests.csv.gz")))) {
            assertThat(new String(table.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToNormalizingNewlines(
                            """
                            due_ms,latency_ms,kind,router,status,failure,vvm
                            1500,3.000,get,n1,200,,v1
                            2500,3.000,get,n1,502,status 502,
                            """);
        }
    }
}
