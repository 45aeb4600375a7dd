package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What counts of what one source says: its last answer; or, while that is doubted, its last good set with what the answer adds.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class Belief {

    private final ShrinkGuard guard = new ShrinkGuard();
    private List<Voucher> lastGood;
    private List<Voucher> lastAnswer = List.of();
    private List<Voucher> counting = List.of();

    /** @param restored what an earlier run left: the measure of the first answer, but without effect before {@link #fallBack} */
    Belief(List<Voucher> restored) {
        this.lastGood = restored;
    }

    /** What counts now, an entry per address. */
    List<Voucher> vouchers() {
        return counting;
    }

    /** Whether there is anything that could count without an answer. */
    boolean remembers() {
        return !lastGood.isEmpty();
    }

    /** Lets the last good set count although the source has not answered. */
    void fallBack() {
        counting = lastGood;
    }

    /** Judges an answer; the same one again when time has passed. */
    void judge(List<Voucher> answer, MergeConfig rules, long nowNanos) {
        lastAnswer = answer;
        if (guard.believes(usable(lastGood), usable(lastAnswer), rules, nowNanos)) {
            lastGood = lastAnswer;
            counting = lastAnswer;
        } else {
            counting = lastGoodWithNews();
        }
    }

    void failed() {
        guard.failed();
    }

    boolean doubts() {
        return guard.doubting();
    }

    /** When the last answer will be believed; meaningful while {@link #doubts}. */
    long believedAtNanos() {
        return guard.believedAtNanos();
    }

    /** What is doubted, such as {@code 1 endpoint after 6}. */
    String doubt() {
        int now = usable(lastAnswer);
        return now + (now == 1 ? " endpoint" : " endpoints") + " after " + usable(lastGood);
    }

    /** A doubted answer takes nothing away, neither by leaving out nor by calling critical. */
    private List<Voucher> lastGoodWithNews() {
        Map<InetSocketAddress, Voucher> byAddress = new LinkedHashMap<>();
        lastGood.forEach(voucher -> byAddress.put(voucher.says().address(), voucher));
        for (Voucher voucher : lastAnswer) {
            byAddress.merge(
                    voucher.says().address(),
                    voucher,
                    (good, news) -> news.says().usable() ? news : good);
        }
        return List.copyOf(byAddress.values());
    }

    private static int usable(List<Voucher> vouchers) {
        int usable = 0;
        for (Voucher voucher : vouchers) {
            usable += voucher.says().usable() ? 1 : 0;
        }
        return usable;
    }
}
