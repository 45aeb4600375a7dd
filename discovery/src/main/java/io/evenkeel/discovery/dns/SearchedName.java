package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.LookupFailure;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A name as configured, which the search list may turn into several absolute ones. The first that has ever answered is asked from then
 * on: were the search to go on after a later NXDOMAIN, a wildcard record in a search domain could take over the upstream.
 *
 * <p><b>Threading.</b> One search at a time; {@link #known} moves between threads with the results.
 */
final class SearchedName {

    private final String name;

    /** Publishes the absolute name that answered; the DNS event loop writes, the control plane reads. */
    private volatile @Nullable String known;

    SearchedName(String name) {
        this.name = name;
    }

    /** Asks by one name after another while the answer is that there is nothing; fails as the first one did. */
    <T> CompletionStage<T> firstAnswer(ResolvConf conf, Function<String, CompletionStage<T>> ask) {
        String settled = known;
        List<String> names = settled != null ? List.of(settled) : conf.candidates(name);
        CompletableFuture<T> answer = new CompletableFuture<>();
        askNext(names.iterator(), ask, null, answer);
        return answer;
    }

    private <T> void askNext(
            Iterator<String> names,
            Function<String, CompletionStage<T>> ask,
            @Nullable LookupFailure first,
            CompletableFuture<T> answer) {
        String candidate = names.next();
        ask.apply(candidate).whenComplete((found, thrown) -> {
            if (thrown == null) {
                known = candidate;
                answer.complete(found);
                return;
            }
            LookupFailure failure = LookupFailure.of(thrown);
            LookupFailure shown = first == null ? failure : first;
            if (failure.isNothingThere() && names.hasNext()) {
                askNext(names, ask, shown, answer);
            } else {
                answer.completeExceptionally(failure.isNothingThere() ? shown : failure);
            }
        });
    }
}
