package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig.Agreement;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The vote of an upstream's sources on each endpoint that any of them names. Immutable.
 *
 * <p>A source votes for an endpoint by naming it without calling it critical. Where any vote is enough, that is all. Where all must agree,
 * an entry of the configuration votes against what none of its sources votes for, provided that each of them answers. A source in
 * error, that is one whose last word was a failure, or one not heard of yet, thus never votes against anything; its last good set still votes
 * for, so that no fault takes an endpoint away. If all are in error, all that is last good is usable.
 *
 * @param usable by address, in the order of the configuration
 * @param rejected the others, and why
 */
record Ballot(Map<InetSocketAddress, MergedEndpoint> usable, List<RejectedEndpoint> rejected) {

    /** Sources that can vote against, and what they vote for. */
    private record Judge(TrackedSource spokesman, Set<InetSocketAddress> votes) {}

    static Ballot of(SourceSet sources, Agreement agree) {
        List<Judge> judges = agree == Agreement.ALL ? judges(sources.entries()) : List.of();
        Map<InetSocketAddress, MergedEndpoint> usable = named(sources);
        List<RejectedEndpoint> rejected = new ArrayList<>();
        for (Iterator<MergedEndpoint> left = usable.values().iterator(); left.hasNext(); ) {
            RejectedEndpoint rejection = rejection(left.next(), judges);
            if (rejection != null) {
                rejected.add(rejection);
                left.remove();
            }
        }
        return new Ballot(Collections.unmodifiableMap(usable), List.copyOf(rejected));
    }

    private static Map<InetSocketAddress, MergedEndpoint> named(SourceSet sources) {
        Map<InetSocketAddress, MergedEndpoint> byAddress = new LinkedHashMap<>();
        for (TrackedSource source : sources.counting()) {
            for (Voucher voucher : source.vouchers()) {
                byAddress.merge(voucher.says().address(), MergedEndpoint.of(voucher), MergedEndpoint::vouchedAlsoBy);
            }
        }
        return byAddress;
    }

    private static List<Judge> judges(Collection<List<TrackedSource>> entries) {
        return entries.stream()
                .filter(entry -> !entry.isEmpty())
                .filter(entry ->
                        entry.stream().allMatch(source -> source.status().answers()))
                .map(entry -> new Judge(entry.get(0), votes(entry)))
                .toList();
    }

    private static Set<InetSocketAddress> votes(List<TrackedSource> entry) {
        return entry.stream()
                .flatMap(source -> source.vouchers().stream())
                .filter(voucher -> voucher.says().usable())
                .map(voucher -> voucher.says().address())
                .collect(Collectors.toSet());
    }

    private static @Nullable RejectedEndpoint rejection(MergedEndpoint endpoint, List<Judge> judges) {
        if (!endpoint.usable()) {
            String reason = "critical: " + String.join(", ", endpoint.sources());
            return new RejectedEndpoint(endpoint, RejectedEndpoint.Cause.CRITICAL, reason);
        }
        for (Judge judge : judges) {
            if (!judge.votes().contains(endpoint.address())) {
                String reason = judge.spokesman().name() + " does not vouch for it";
                return new RejectedEndpoint(endpoint, RejectedEndpoint.Cause.NOT_AGREED, reason);
            }
        }
        return null;
    }
}
