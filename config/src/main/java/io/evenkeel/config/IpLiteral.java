package io.evenkeel.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as they are written; never asks a resolver. */
final class IpLiteral {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    /** Only what can be nothing but an address is shown to {@link InetAddress}. */
    private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}");

    private static final Pattern ZONE = Pattern.compile("%[A-Za-z0-9._-]{1,64}$");

    private IpLiteral() {}

    static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    /** With or without a zone (RFC 4007 §11), which is not looked up. */
    static boolean isV6(String text) {
        String address = ZONE.matcher(text).replaceFirst("");
        return V6.matcher(address).matches() && address(address) != null;
    }

    /** The address a literal without zone stands for, or null when it is none. */
    static @Nullable InetAddress address(String text) {
        if (!isV4(text) && !V6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(isV4(text) ? text : "[" + text + "]");
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
