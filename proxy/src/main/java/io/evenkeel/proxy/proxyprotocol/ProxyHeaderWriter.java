package io.evenkeel.proxy.proxyprotocol;

import io.evenkeel.config.UpstreamConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Writes the header that goes before the first byte of a connection to an endpoint. Stateless. */
public final class ProxyHeaderWriter {

    private ProxyHeaderWriter() {}

    /**
     * The header of this version, which is not {@code OFF}.
     *
     * <p><b>Ownership.</b> The caller's.
     */
    public static ByteBuf write(UpstreamConfig.ProxyProtocol version, Passage passage, ByteBufAllocator alloc) {
        return version == UpstreamConfig.ProxyProtocol.V1 ? text(passage, alloc) : binary(passage, alloc);
    }

    private static ByteBuf text(Passage passage, ByteBufAllocator alloc) {
        InetAddress source = passage.source().getAddress();
        InetAddress destination = passage.destination().getAddress();
        boolean four = isIpv4(passage);
        String line = "PROXY " + (four ? "TCP4 " : "TCP6 ") + text(source, four) + " " + text(destination, four) + " "
                + passage.source().getPort() + " " + passage.destination().getPort() + "\r\n";
        byte[] octets = line.getBytes(StandardCharsets.US_ASCII);
        return alloc.buffer(octets.length).writeBytes(octets);
    }

    private static String text(InetAddress address, boolean four) {
        String text = NetUtil.toAddressString(address);
        return four || !(address instanceof Inet4Address) ? text : "::ffff:" + text;
    }

    private static ByteBuf binary(Passage passage, ByteBufAllocator alloc) {
        boolean four = isIpv4(passage);
        int addressBytes = four ? BinaryHeader.IPV4_BYTES : BinaryHeader.IPV6_BYTES;
        return alloc.buffer(BinaryHeader.FIXED_BYTES + addressBytes)
                .writeBytes(BinaryHeader.BEGINNING)
                .writeByte(BinaryHeader.VERSION_2 | BinaryHeader.PROXY)
                .writeByte(four ? BinaryHeader.TCP_OVER_IPV4 : BinaryHeader.TCP_OVER_IPV6)
                .writeShort(addressBytes)
                .writeBytes(octets(passage.source().getAddress(), four))
                .writeBytes(octets(passage.destination().getAddress(), four))
                .writeShort(passage.source().getPort())
                .writeShort(passage.destination().getPort());
    }

    private static byte[] octets(InetAddress address, boolean four) {
        byte[] octets = address.getAddress();
        if (four || octets.length == 16) {
            return octets;
        }
        byte[] mapped = new byte[16]; // RFC 4291 §2.5.5.2
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(octets, 0, mapped, 12, octets.length);
        return mapped;
    }

    /** Both addresses are written in one family. */
    private static boolean isIpv4(Passage passage) {
        return passage.source().getAddress() instanceof Inet4Address
                && passage.destination().getAddress() instanceof Inet4Address;
    }
}
