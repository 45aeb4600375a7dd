package io.evenkeel.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void lineHasTimeLevelComponentAndMessage() {
        assertThat(line("io.evenkeel.proxy.listener.Listener", "bound {}", "web", null))
                .isEqualTo("2026-11-21T15:00:00.007Z INFO  proxy.listener: bound web\n");
    }

    @Test
    void loggersOfOthersShowTheirClass() {
        assertThat(LogLine.component("io.netty.util.ResourceLeakDetector")).isEqualTo("ResourceLeakDetector");
        assertThat(LogLine.component("io.evenkeel.Odd")).isEqualTo("Odd");
    }

    @Test
    void whatAClientSentCannotBeginALine() {
        assertThat(line("a.B", "path {}", "/\r\n2026 INFO  forged: \u001b[31m", null))
                .endsWith("path /\\u000d\\u000a2026 INFO  forged: \\u001b[31m\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void failureIsOnTheSameLineWithItsCauses() {
        Exception failure = new IllegalStateException("outer\nouter", new RuntimeException("inner"));
        assertThat(line("a.B", "failed {}", "it", failure))
                .contains("failed it; java.lang.IllegalStateException: outer\\u000aouter at ")
                .contains("; java.lang.RuntimeException: inner at ")
                .containsOnlyOnce("\n");
    }

    private static String line(String logger, String message, String argument, @Nullable Throwable failure) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger(logger), Level.INFO, message, failure, new Object[] {argument});
        event.setInstant(Instant.parse("2026-11-21T15:00:00.007Z"));
        return new LogLine().doLayout(event);
    }
}
