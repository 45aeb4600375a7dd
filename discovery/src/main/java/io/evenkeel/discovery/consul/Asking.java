package io.evenkeel.discovery.consul;

import java.util.concurrent.CompletableFuture;
import okhttp3.Call;

/** A question that was put to an agent and not yet answered. */
record Asking<T>(Agent agent, Call call, CompletableFuture<Reply<T>> reply) {

    /** Nobody wants the answer any more; it comes as a failure. */
    void cancel() {
        call.cancel();
    }
}
