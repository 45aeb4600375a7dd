package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.LookupFailure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a DNS server said, copied out of its message: addresses and aliases by owner name, and services.
 *
 * <p><b>Threading.</b> Filled by {@link #read}, not changed afterwards.
 *
 * <p><b>Spec.</b> RFC 1035 §3.3–3.4, RFC 3596 §2.2, RFC 2782.
 */
final class DnsAnswer {

    /** Longer chains of CNAMEs than this are a loop or a mistake; resolvers commonly stop at 8 to 16. */
    private static final int MAX_ALIASES = 16;

    private final @Nullable LookupFailure nameError;
    private final Map<String, Set<InetAddress>> addresses = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final List<Service> services = new ArrayList<>();

    /** One SRV record; {@code target} is absolute and in lower case. */
    record Service(int priority, int weight, int port, String target) {}

    private DnsAnswer(@Nullable LookupFailure nameError) {
        this.nameError = nameError;
    }

    /** The answer that a name does not exist. */
    static DnsAnswer nameError(String reason) {
        return new DnsAnswer(LookupFailure.nothingThere(reason));
    }

    /** Copies what matters; does not release the response. */
    static DnsAnswer read(DnsResponse response) {
        DnsAnswer answer = new DnsAnswer(null);
        answer.readSection(response, DnsSection.ANSWER);
        answer.readSection(response, DnsSection.ADDITIONAL);
        return answer;
    }

    /** Set when the server said that the name does not exist. */
    @Nullable
    LookupFailure nameError() {
        return nameError;
    }

    List<Service> services() {
        return services;
    }

    /** The addresses of this absolute name or of what it is an alias for. Records of other names are not believed. */
    Set<InetAddress> addressesOf(String name) {
        @Nullable String owner = name.toLowerCase(Locale.ROOT);
        for (int hop = 0; owner != null && hop <= MAX_ALIASES; hop++) {
            Set<InetAddress> found = addresses.get(owner);
            if (found != null) {
                return found;
            }
            owner = aliases.get(owner);
        }
        return Set.of();
    }

    private void readSection(DnsResponse response, DnsSection section) {
        for (int i = 0; i < response.count(section); i++) {
            DnsRecord record = response.recordAt(section, i);
            if (record instanceof DnsRawRecord raw && record.dnsClass() == DnsRecord.CLASS_IN) {
                readRecord(raw, raw.content().duplicate());
            }
        }
    }

    private void readRecord(DnsRawRecord record, ByteBuf data) {
        String owner = record.name().toLowerCase(Locale.ROOT);
        if ((record.type().equals(DnsRecordType.A) && data.readableBytes() == 4)
                || (record.type().equals(DnsRecordType.AAAA) && data.readableBytes() == 16)) {
            addresses.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(address(data));
        } else if (record.type().equals(DnsRecordType.CNAME)) {
            aliases.put(owner, name(data));
        } else if (record.type().equals(DnsRecordType.SRV) && data.readableBytes() > 6) {
            services.add(new Service(
                    data.readUnsignedShort(), data.readUnsignedShort(), data.readUnsignedShort(), name(data)));
        }
    }

    private static String name(ByteBuf data) {
        return DefaultDnsRecordDecoder.decodeName(data).toLowerCase(Locale.ROOT);
    }

    private static InetAddress address(ByteBuf data) {
        byte[] bytes = new byte[data.readableBytes()];
        data.readBytes(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for other lengths than 4 and 16
        }
    }
}
