package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.LookupFailure;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What DNS said about the addresses of one absolute name, in both families. Immutable. */
record DnsAddresses(Family v4, Family v6) {

    /** The records of one family, or why there are none; both may be missing: the name exists without such records. */
    record Family(Set<InetAddress> addresses, @Nullable LookupFailure failure) {

        boolean failed() {
            return failure != null;
        }
    }

    /** Asks for A and AAAA at the same time; never fails, each family may have. */
    static CompletionStage<DnsAddresses> ask(
            DnsClient client, List<InetSocketAddress> servers, String name, Duration timeout) {
        CompletionStage<Family> v4 = family(client, servers, name, DnsRecordType.A, timeout);
        CompletionStage<Family> v6 = family(client, servers, name, DnsRecordType.AAAA, timeout);
        return v4.thenCombine(v6, DnsAddresses::new);
    }

    /** IPv4 first. */
    Set<InetAddress> both() {
        Set<InetAddress> both = new LinkedHashSet<>(v4.addresses());
        both.addAll(v6.addresses());
        return both;
    }

    /** The worst that happened: no answer is worse than the answer that there is nothing. */
    LookupFailure failure(String name) {
        LookupFailure first = v4.failure() != null ? v4.failure() : v6.failure();
        LookupFailure second = v6.failure();
        if (first == null || second == null) {
            return first != null ? first : LookupFailure.nothingThere("A, AAAA " + name + ": no such records");
        }
        return first.isNothingThere() && !second.isNothingThere() ? second : first;
    }

    private static CompletionStage<Family> family(
            DnsClient client, List<InetSocketAddress> servers, String name, DnsRecordType type, Duration timeout) {
        return client.ask(servers, name, type, timeout).handle((answer, thrown) -> {
            if (thrown != null) {
                return new Family(Set.of(), LookupFailure.of(thrown));
            }
            return new Family(answer.addressesOf(name), answer.nameError());
        });
    }
}
