package io.evenkeel.config;

import java.util.Optional;

/** Whether, where and how each exchange is logged. */
public record AccessLogConfig(Format format, Optional<String> file, int bufferBytes) {

    /** How a line looks. */
    public enum Format {
        OFF,
        JSON,
        COMBINED
    }
}
