package io.evenkeel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestAndAFailureIsSaidSo() {
        assertThat(ResultTable.lines(List.of(
                        new SourceResult("vvm", "static", true, "6 endpoints", 0),
                        new SourceResult("prometheus", "dns:tasks.prometheus", false, "NXDOMAIN", 1_203))))
                .containsExactly(
                        "UPSTREAM    SOURCE                TIME     RESULT",
                        "vvm         static                0 ms     6 endpoints",
                        "prometheus  dns:tasks.prometheus  1203 ms  FAILED: NXDOMAIN");
    }
}
