package io.evenkeel.proxy.proxyprotocol;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Version 2: a signature, a command, a family, addresses, and then whatever else the proxy wants to tell, as type, length and value. */
final class BinaryHeader {

    static final byte[] BEGINNING = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    static final int FIXED_BYTES = 16;
    static final int VERSION_2 = 0x20;
    static final int LOCAL = 0;
    static final int PROXY = 1;
    static final int TCP_OVER_IPV4 = 0x11;
    static final int TCP_OVER_IPV6 = 0x21;
    static final int IPV4_BYTES = 12;
    static final int IPV6_BYTES = 36;

    /** 4 KiB: certificates of clients, the longest that is sent in practice, are not; the format itself goes up to 64 KiB. */
    private static final int MAX_BYTES = 4096;

    private static final int UNIX_BYTES = 216;
    private static final int CRC32C_TYPE = 3;
    private static final int TLV_BYTES = 3;

    private int length;
    private @Nullable Passage passage;

    int length() {
        return length;
    }

    @Nullable
    Passage passage() {
        return passage;
    }

    HeaderVerdict read(ByteBuf in) {
        int from = in.readerIndex();
        if (in.readableBytes() > BEGINNING.length && !isCommand(in.getUnsignedByte(from + 12))) {
            return HeaderVerdict.MALFORMED;
        }
        if (in.readableBytes() < FIXED_BYTES) {
            return HeaderVerdict.INCOMPLETE;
        }
        length = FIXED_BYTES + in.getUnsignedShort(from + 14);
        int addressBytes = addressBytes(in.getUnsignedByte(from + 13));
        if (length > MAX_BYTES || addressBytes < 0 || length < FIXED_BYTES + addressBytes) {
            return HeaderVerdict.MALFORMED;
        }
        if (in.readableBytes() < length) {
            return HeaderVerdict.INCOMPLETE;
        }
        boolean local = in.getUnsignedByte(from + 12) == (VERSION_2 | LOCAL);
        return local || parse(in, from, addressBytes) ? HeaderVerdict.COMPLETE : HeaderVerdict.MALFORMED;
    }

    private static boolean isCommand(int versionAndCommand) {
        return versionAndCommand == (VERSION_2 | LOCAL) || versionAndCommand == (VERSION_2 | PROXY);
    }

    /** How long the addresses of a family and transport are; −1: there is no such one. */
    private static int addressBytes(int family) {
        return switch (family) {
            case 0x00 -> 0;
            case TCP_OVER_IPV4, 0x12 -> IPV4_BYTES;
            case TCP_OVER_IPV6, 0x22 -> IPV6_BYTES;
            case 0x31, 0x32 -> UNIX_BYTES;
            default -> -1;
        };
    }

    private boolean parse(ByteBuf in, int from, int addressBytes) {
        int family = in.getUnsignedByte(from + 13);
        if (family == 0) {
            return true; // what follows is to be ignored
        }
        if (!checkExtras(in, from, from + FIXED_BYTES + addressBytes)) {
            return false;
        }
        if (family == TCP_OVER_IPV4 || family == TCP_OVER_IPV6) {
            passage = passage(in, from + FIXED_BYTES, family == TCP_OVER_IPV4 ? 4 : 16);
        }
        return true;
    }

    private static Passage passage(ByteBuf in, int at, int octets) {
        InetAddress source = address(in, at, octets);
        InetAddress destination = address(in, at + octets, octets);
        int ports = at + 2 * octets;
        return new Passage(
                new InetSocketAddress(source, in.getUnsignedShort(ports)),
                new InetSocketAddress(destination, in.getUnsignedShort(ports + 2)));
    }

    private static InetAddress address(ByteBuf in, int at, int octets) {
        byte[] address = new byte[octets];
        in.getBytes(at, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 4 and 16 octets always are an address
        }
    }

    /** They fill the rest of the header exactly, and a checksum among them is right. */
    private boolean checkExtras(ByteBuf in, int from, int begin) {
        int end = from + length;
        int checksumAt = -1;
        for (int at = begin; at < end; ) {
            if (end - at < TLV_BYTES || end - at - TLV_BYTES < in.getUnsignedShort(at + 1)) {
                return false;
            }
            int valueBytes = in.getUnsignedShort(at + 1);
            if (in.getUnsignedByte(at) == CRC32C_TYPE) {
                if (valueBytes != Integer.BYTES || checksumAt >= 0) {
                    return false;
                }
                checksumAt = at + TLV_BYTES;
            }
            at += TLV_BYTES + valueBytes;
        }
        return checksumAt < 0 || checksum(in, from, checksumAt) == in.getUnsignedInt(checksumAt);
    }

    /** Of the whole header, with zeros where the checksum stands. */
    private long checksum(ByteBuf in, int from, int checksumAt) {
        byte[] all = new byte[length];
        in.getBytes(from, all);
        for (int i = 0; i < Integer.BYTES; i++) {
            all[checksumAt - from + i] = 0;
        }
        CRC32C sum = new CRC32C();
        sum.update(all);
        return sum.getValue();
    }
}
