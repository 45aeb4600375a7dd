package io.evenkeel.config;

/**
 * Where the admin endpoints listen.
 *
 * @param address where metrics, health and control are served. Address, default 127.0.0.1:9901. A wider address lets
 *     more machines read metrics and endpoints and ask for a drain or a reload: there is no password. Port 0 asks the
 *     system for a free one.
 */
public record AdminConfig(@Knob(byDefault = "127.0.0.1:9901", need = Knob.Need.ESSENTIAL) HostPort address) {

    /** What a file that says nothing gets. */
    public static AdminConfig defaults() {
        return Binder.defaults(AdminConfig.class);
    }
}
