package io.evenkeel.discovery;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** IP addresses as people write them. */
public final class Literals {

    private Literals() {}

    /** The address if this is an IP literal, never a resolved name. */
    public static Optional<InetAddress> address(String text) {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
    }

    /** The address and port: {@code 10.0.0.1:8822} or {@code [2001:db8::1]:8822}. */
    public static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
