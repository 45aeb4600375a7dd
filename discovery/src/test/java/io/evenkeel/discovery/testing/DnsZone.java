package io.evenkeel.discovery.testing;

import io.evenkeel.discovery.Literals;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a {@link DnsServer} knows and how it misbehaves. Names are absolute. A name it does not know does not exist; one it knows without
 * records of the type asked for gets an empty answer.
 *
 * <p>Over UDP more than {@value #UDP_RECORDS} records are cut off and the answer is marked truncated, as Docker's embedded DNS does.
 *
 * <p><b>Threading.</b> Changed by the test, read by the server.
 */
public final class DnsZone {

    /** About what fits into 512 bytes. */
    public static final int UDP_RECORDS = 25;

    /** What Docker says, so that a resolver that caches is caught. */
    private static final long TTL_SECONDS = 600;

    private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Random order = new Random(7);

    public enum Fault {
        NONE,
        NXDOMAIN,
        SERVFAIL,
        REFUSED,
        EMPTY,
        STALL,
        STALL_TCP,
        CLOSE_TCP,
        WRONG_ID,
        WRONG_OWNER,
        WRONG_QUESTION,
        DUPLICATE,
        SHUFFLE,
        GARBAGE
    }

    private record Entry(String owner, DnsRecordType type, ByteBuffer data, DnsSection section) {}

    /** Misbehaves whatever is asked about this name. */
    public DnsZone fault(String name, Fault fault) {
        faults.put(name, fault);
        return this;
    }

    public DnsZone fault(String name, DnsRecordType type, Fault fault) {
        return fault(name + type.name(), fault);
    }

    public Fault fault(DnsQuestion question) {
        Fault ofAll = faults.getOrDefault(question.name(), Fault.NONE);
        return faults.getOrDefault(question.name() + question.type().name(), ofAll);
    }

    public DnsZone address(String name, String... addresses) {
        for (String address : addresses) {
            add(name, addressEntry(name, address, DnsSection.ANSWER));
        }
        return this;
    }

    /** An alias with the addresses of its target, as a recursive server answers. */
    public DnsZone alias(String name, String target, String... addresses) {
        add(name, new Entry(name, DnsRecordType.CNAME, ByteBuffer.wrap(encoded(target)), DnsSection.ANSWER));
        for (String address : addresses) {
            add(name, addressEntry(target, address, DnsSection.ANSWER));
        }
        return this;
    }

    public DnsZone service(String name, int priority, int weight, int port, String target) {
        byte[] targetName = encoded(target);
        ByteBuffer data = ByteBuffer.allocate(6 + targetName.length)
                .putShort((short) priority)
                .putShort((short) weight)
                .putShort((short) port)
                .put(targetName)
                .flip();
        return add(name, new Entry(name, DnsRecordType.SRV, data, DnsSection.ANSWER));
    }

    /** An address sent along with the SRV records of a name. */
    public DnsZone alongWith(String name, String target, String address) {
        return add(name, addressEntry(target, address, DnsSection.ADDITIONAL));
    }

    public DnsZone exists(String name) {
        entries.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
        return this;
    }

    public DnsZone clear(String name) {
        entries.remove(name);
        return this;
    }

    public <R extends DnsResponse> R answer(DnsQuestion question, R response, boolean overTcp) {
        Fault fault = fault(question);
        response.addRecord(
                DnsSection.QUESTION,
                fault == Fault.WRONG_QUESTION
                        ? new DefaultDnsQuestion("elsewhere.", question.type())
                        : new DefaultDnsQuestion(question.name(), question.type()));
        response.setRecursionAvailable(true);
        response.setCode(code(question.name(), fault));
        if (response.code().equals(DnsResponseCode.NOERROR) && fault != Fault.EMPTY) {
            fill(question, response, overTcp, fault);
        }
        return response;
    }

    private void fill(DnsQuestion question, DnsResponse response, boolean overTcp, Fault fault) {
        List<Entry> found = new ArrayList<>(entries.getOrDefault(question.name(), List.of()));
        if (fault == Fault.SHUFFLE) {
            Collections.shuffle(found, order);
        }
        found.removeIf(entry -> entry.section() == DnsSection.ANSWER
                && !entry.type().equals(DnsRecordType.CNAME)
                && !entry.type().equals(question.type()));
        List<Entry> sent = overTcp || found.size() <= UDP_RECORDS ? found : found.subList(0, UDP_RECORDS);
        response.setTruncated(sent.size() < found.size());
        for (Entry entry : sent) {
            String owner = fault == Fault.WRONG_OWNER ? "elsewhere." : entry.owner();
            ByteBuffer data = fault == Fault.GARBAGE ? ByteBuffer.wrap(new byte[] {1, 2, 3}) : entry.data();
            response.addRecord(
                    entry.section(),
                    new DefaultDnsRawRecord(owner, entry.type(), TTL_SECONDS, Unpooled.wrappedBuffer(data)));
            if (fault == Fault.DUPLICATE) {
                response.addRecord(
                        entry.section(),
                        new DefaultDnsRawRecord(owner, entry.type(), TTL_SECONDS, Unpooled.wrappedBuffer(data)));
            }
        }
    }

    private DnsResponseCode code(String name, Fault fault) {
        return switch (fault) {
            case NXDOMAIN -> DnsResponseCode.NXDOMAIN;
            case SERVFAIL -> DnsResponseCode.SERVFAIL;
            case REFUSED -> DnsResponseCode.REFUSED;
            default -> entries.containsKey(name) ? DnsResponseCode.NOERROR : DnsResponseCode.NXDOMAIN;
        };
    }

    private DnsZone add(String name, Entry entry) {
        entries.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(entry);
        return this;
    }

    private static Entry addressEntry(String owner, String address, DnsSection section) {
        InetAddress parsed = Literals.address(address).orElseThrow();
        byte[] data = parsed.getAddress();
        return new Entry(
                owner, data.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA, ByteBuffer.wrap(data), section);
    }

    private static byte[] encoded(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", 0)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }
}
