package io.evenkeel.proxy.listener;

import io.evenkeel.config.Cidr;
import java.net.InetAddress;
import java.util.List;

/** Blocks of addresses, such as those of the clients that are believed when they say for whom they speak. Immutable. */
final class AddressBlocks {

    private final List<Cidr> blocks;

    AddressBlocks(List<Cidr> blocks) {
        this.blocks = blocks;
    }

    boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        for (Cidr block : blocks) {
            if (sharesPrefix(octets, block.network().getAddress(), block.prefixBits())) {
                return true;
            }
        }
        return false;
    }

    private static boolean sharesPrefix(byte[] address, byte[] network, int bits) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = 0xff << Math.max(0, 8 - (bits - bit)) & 0xff;
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
