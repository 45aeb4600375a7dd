package io.evenkeel.discovery;

import io.evenkeel.discovery.LastGoodStore.LastGood;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what a source says into vouchers, one for each address; where a source repeats itself the first word counts. Stateless. */
final class Vouchers {

    private Vouchers() {}

    /** Of an answer. An endpoint named without a break keeps its since, and its object if nothing else changed either. */
    static List<Voucher> of(String source, List<Endpoint> answer, List<Voucher> before, Instant now) {
        Map<InetSocketAddress, Voucher> known = new HashMap<>();
        before.stream()
                .filter(voucher -> !voucher.stale())
                .forEach(voucher -> known.put(voucher.says().address(), voucher));
        return distinct(answer, endpoint -> voucher(source, endpoint, known.get(endpoint.address()), now));
    }

    /** Of what an earlier run left. */
    static List<Voucher> stale(String source, LastGood restored) {
        return distinct(restored.endpoints(), says -> new Voucher(source, restored.confirmed(), says, true));
    }

    private static Voucher voucher(String source, Endpoint says, @Nullable Voucher before, Instant now) {
        if (before == null) {
            return new Voucher(source, now, says);
        }
        return before.says().equals(says) ? before : new Voucher(source, before.since(), says);
    }

    private static List<Voucher> distinct(List<Endpoint> endpoints, Function<Endpoint, Voucher> voucher) {
        Map<InetSocketAddress, Voucher> byAddress = new LinkedHashMap<>();
        endpoints.forEach(says -> byAddress.computeIfAbsent(says.address(), address -> voucher.apply(says)));
        return List.copyOf(byAddress.values());
    }
}
