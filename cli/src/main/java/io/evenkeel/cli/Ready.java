package io.evenkeel.cli;

import io.evenkeel.config.ListenerConfig;
import io.evenkeel.proxy.Router;
import java.time.Duration;
import java.time.Instant;

/** The line that says a router is ready, how long that took, how it talks to the kernel and where it listens. */
final class Ready {

    /** Set by the launcher: when it handed over to Java, in milliseconds since 1970. */
    private static final String LAUNCHED = "evenkeel.launched";

    private Ready() {}

    static String line(Router router) {
        StringBuilder line =
                new StringBuilder("ready in ").append(sinceLaunchMillis()).append(" ms (");
        line.append(router.transport()).append("; ");
        for (ListenerConfig listener : router.config().listeners()) {
            line.append(listener.name()).append(' ');
            line.append(Addresses.show(router.address(listener.name()))).append(", ");
        }
        return line.append("admin ")
                .append(Addresses.show(router.adminAddress()))
                .append(')')
                .toString();
    }

    private static long sinceLaunchMillis() {
        return Duration.between(launched(), Instant.now()).toMillis();
    }

    private static Instant launched() {
        String millis = System.getProperty(LAUNCHED, "");
        return millis.matches("\\d{1,18}")
                ? Instant.ofEpochMilli(Long.parseLong(millis))
                : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }
}
