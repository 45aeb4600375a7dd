package io.evenkeel.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** An address block, {@code address/bits}, or a single address. */
record Block() implements ScalarType<Cidr> {

    @Override
    public @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = IpLiteral.address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        int width = network.getAddress().length * 8;
        int bits = slash < 0 ? width : bits(text.substring(slash + 1));
        return 0 <= bits && bits <= width ? new Cidr(network, bits) : null;
    }

    private static int bits(String digits) {
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    }

    /** Bits beyond the prefix are a typing error that would otherwise be repaired in silence. */
    @Override
    public boolean allows(Cidr block) {
        byte[] address = block.network().getAddress();
        for (int bit = block.prefixBits(); bit < address.length * 8; bit++) {
            if ((address[bit / 8] & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String range(Cidr refused) {
        return "no bits set beyond the prefix";
    }

    @Override
    public String expected() {
        return "an address block such as 10.0.0.0/8 or fd00::/8";
    }

    @Override
    public Object value(Cidr block) {
        return block;
    }

    @Override
    public String render(Object value) {
        return value.toString();
    }
}
