package io.evenkeel.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, {@code name:port} or {@code [IPv6]:port}; nothing is resolved.
 *
 * @param minPort 0 where the system may choose, else 1
 */
record Address(int minPort) implements ScalarType<HostPort> {

    private static final Pattern SHAPE = Pattern.compile("(?:\\[([^\\[\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,9})");

    /** A last label of digits makes it an IPv4 address or nothing. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?[0-9]+");

    @Override
    public @Nullable HostPort parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return null;
        }
        String host = shape.group(1) != null ? shape.group(1) : shape.group(2);
        boolean valid = shape.group(1) != null ? IpLiteral.isV6(host) : isNameOrV4(host);
        return valid ? new HostPort(host.toLowerCase(Locale.ROOT), Integer.parseInt(shape.group(3))) : null;
    }

    private static boolean isNameOrV4(String host) {
        return NUMERIC.matcher(host).matches() ? IpLiteral.isV4(host) : TextFormat.DNS_NAME.allows(host);
    }

    @Override
    public boolean allows(HostPort address) {
        return minPort <= address.port() && address.port() <= 65535;
    }

    @Override
    public String range(HostPort refused) {
        return "a port, " + minPort + " to 65535";
    }

    @Override
    public String expected() {
        return "host:port, such as 127.0.0.1:8080, vvm:8080 or \"[::1]:8080\"";
    }

    @Override
    public Object value(HostPort address) {
        return address;
    }

    @Override
    public String render(Object value) {
        return value.toString();
    }
}
