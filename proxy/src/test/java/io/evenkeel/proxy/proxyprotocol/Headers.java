package io.evenkeel.proxy.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Headers in the making. */
public final class Headers {

    public static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    static final String IPV4 = "c0000207" + "c6336401" + "dc04" + "01bb";

    private Headers() {}

    static ByteBuf text(String line) {
        return Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1);
    }

    static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits));
    }

    /** Version 2 of PROXY over TCP and IPv4, with these extras. */
    static String ipv4(String extras) {
        return SIGNATURE + "2111" + String.format("%04x", 12 + extras.length() / 2) + IPV4 + extras;
    }

    /** The same with a checksum that is off by so much. */
    static String ipv4WithChecksum(int error) {
        CRC32C sum = new CRC32C();
        sum.update(HexFormat.of().parseHex(ipv4("03000400000000")));
        return ipv4("030004" + String.format("%08x", (int) sum.getValue() + error));
    }
}
