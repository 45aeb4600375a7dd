package io.evenkeel.config;

import java.util.Optional;

/**
 * Whether, where and how each exchange is logged.
 *
 * @param format how a line looks. off, json or combined, default off. json tells most; off costs nothing.
 * @param file where lines go. File, default none. None: standard output.
 * @param bufferBytes lines that wait to be written. Size, 64KiB to 256MiB, default 1MiB. More rides out a slow disk;
 *     what does not fit is dropped and counted.
 */
public record AccessLogConfig(
        @Knob(byDefault = "off", need = Knob.Need.FREQUENT) Format format,
        @Knob(format = TextFormat.FILE, need = Knob.Need.FREQUENT) Optional<String> file,
        @Knob(byDefault = "1MiB", min = "64KiB", max = "256MiB") int bufferBytes) {

    /** How a line looks. */
    public enum Format {
        OFF,
        JSON,
        COMBINED
    }

    /** What a file that says nothing gets. */
    public static AccessLogConfig defaults() {
        return Binder.defaults(AccessLogConfig.class);
    }
}
