package io.evenkeel.config;

import java.util.Optional;

/**
 * Where the admin endpoints listen.
 *
 * @param address where metrics, health and control are served. Address, default 127.0.0.1:9901. A wider address lets
 *     more machines read metrics and endpoints. Port 0 asks the system for a free one.
 * @param token what commands, such as a drain or a reload, must bring as {@code Authorization: Bearer}; usually as token-file. Secret, default none.
 *     None: commands are taken from this machine only. Read at start.
 */
public record AdminConfig(
        @Knob(byDefault = "127.0.0.1:9901", need = Knob.Need.ESSENTIAL) HostPort address,
        @Knob(need = Knob.Need.FREQUENT) Optional<Secret> token) {

    /** What a file that says nothing gets. */
    public static AdminConfig defaults() {
        return Binder.defaults(AdminConfig.class);
    }
}
