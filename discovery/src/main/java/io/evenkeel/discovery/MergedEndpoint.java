package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint of an upstream with what every source that names it says, critical ones too. Immutable.
 *
 * @param vouchers what each source says, in the order of the configuration; at least one
 */
public record MergedEndpoint(List<Voucher> vouchers) {

    public MergedEndpoint {
        vouchers = List.copyOf(vouchers);
        if (vouchers.isEmpty()) {
            throw new IllegalArgumentException("nobody vouches for it");
        }
    }

    /** An endpoint that one source names, where it does not matter since when. */
    public static MergedEndpoint of(String source, Endpoint endpoint) {
        return of(new Voucher(source, Instant.EPOCH, endpoint));
    }

    static MergedEndpoint of(Voucher only) {
        return new MergedEndpoint(List.of(only));
    }

    MergedEndpoint vouchedAlsoBy(MergedEndpoint later) {
        List<Voucher> all = new ArrayList<>(vouchers);
        all.addAll(later.vouchers);
        return new MergedEndpoint(all);
    }

    public InetSocketAddress address() {
        return first().address();
    }

    /** As the first source says that would send it traffic, 1–1,000; if none would, as the first says. */
    public int weight() {
        for (Voucher voucher : vouchers) {
            if (voucher.says().usable()) {
                return voucher.says().weight();
            }
        }
        return first().weight();
    }

    /** Whether any source would send it traffic. */
    public boolean usable() {
        for (Voucher voucher : vouchers) {
            if (voucher.says().usable()) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that vouches for it comes from an earlier run of the router, unconfirmed by any source since. */
    public boolean stale() {
        return usable()
                && vouchers.stream().filter(voucher -> voucher.says().usable()).allMatch(Voucher::stale);
    }

    /** As the first source that knows says. */
    public Optional<String> node() {
        return vouchers.stream()
                .flatMap(voucher -> voucher.says().node().stream())
                .findFirst();
    }

    /** As the first source that has any says. */
    public Map<String, String> tags() {
        return vouchers.stream()
                .map(voucher -> voucher.says().tags())
                .filter(tags -> !tags.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** The names of the sources, in the order of the configuration. */
    public List<String> sources() {
        return vouchers.stream().map(Voucher::source).toList();
    }

    private Endpoint first() {
        return vouchers.get(0).says();
    }
}
