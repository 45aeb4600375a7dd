package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig.Agreement;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vote of an upstream's sources on each endpoint that any of them names. Immutable.
 *
 * <p>A source votes for an endpoint by naming it without calling it critical. Where any vote is enough, that is all. Where all must agree,
 * an entry of the configuration votes against what none of its sources votes for, provided that each of them answers. A source in
 * error, that is one whose last word was a failure, or one not heard of yet, thus never votes against anything; its last good set still votes
 * for, so that no fault takes an endpoint away. If all are in error, all that is last good is usable.
 *
 * @param usable in the order of the configuration
 * @param rejected the others, and why
 */
record Ballot(List<MergedEndpoint> usable, List<RejectedEndpoint> rejected) {

    /** Sources that can vote against, and what they vote for. */
    private record Judge(TrackedSource spokesman, Set<InetSocketAddress> votes) {}

    static Ballot of(SourceSet sources, Agreement agree) {
        List<Judge> judges = agree == Agreement.ALL ? judges(sources.entries()) : List.of();
        List<MergedEndpoint> usable = new ArrayList<>();
        List<RejectedEndpoint> rejected = new ArrayList<>();
        for (MergedEndpoint endpoint : named(sources)) {
            Optional<RejectedEndpoint> rejection = rejection(endpoint, judges);
            rejection.ifPresentOrElse(rejected::add, () -> usable.add(endpoint));
        }
        return new Ballot(List.copyOf(usable), List.copyOf(rejected));
    }

    private static Collection<MergedEndpoint> named(SourceSet sources) {
        Map<InetSocketAddress, MergedEndpoint> byAddress = new LinkedHashMap<>();
        Stream.concat(sources.entries().stream().flatMap(List::stream), sources.outgoing().stream())
                .flatMap(source -> source.vouchers().stream())
                .forEach(voucher -> byAddress.merge(
                        voucher.says().address(), MergedEndpoint.of(voucher), MergedEndpoint::vouchedAlsoBy));
        return byAddress.values();
    }

    private static List<Judge> judges(Collection<List<TrackedSource>> entries) {
        return entries.stream()
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

    private static Optional<RejectedEndpoint> rejection(MergedEndpoint endpoint, List<Judge> judges) {
        if (!endpoint.usable()) {
            String reason = "critical: " + String.join(", ", endpoint.sources());
            return Optional.of(new RejectedEndpoint(endpoint, RejectedEndpoint.Cause.CRITICAL, reason));
        }
        return judges.stream()
                .filter(judge -> !judge.votes().contains(endpoint.address()))
                .findFirst()
                .map(judge -> new RejectedEndpoint(
                        endpoint,
                        RejectedEndpoint.Cause.NOT_AGREED,
                        judge.spokesman().name() + " does not vouch for it"));
    }
}
