package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is tried again, besides what failed before anything was sent, and how much of it. At most {@code max-attempts} tries, all within the total time-out.
 *
 * @param statuses statuses of an endpoint that are tried again elsewhere. Statuses, default none. Such as 502 or 502-504. A 503 with Retry-After is passed on in any case.
 * @param methods methods that are repeated although they are not idempotent. Methods, default none. They need {@code required-field}.
 * @param requiredField the field that a request with one of {@code methods} must have to be repeated. Field name, default none. Such as Idempotency-Key.
 * @param perTryTimeout how long one try may wait for the response head before another is made. Duration, ≥ 0s, default 0s. Connecting is in it; up to 50ms late. 0s is the response-head time-out alone.
 * @param maxBodyBytes longest request body that is kept for another try. Size, 0 to 16MiB, default 64KiB. More repeats more and costs memory per exchange.
 * @param budgetPercent most retries, in per cent of the requests of the last seconds. Count, 0 to 100, default 20. Requests count once they were answered
 *     well, so a full outage gets no more than what the seconds before it left. More hides more failures and adds load when endpoints are weak.
 * @param budgetMinPerSecond retries a second that are allowed however few requests there are. Count, 0 to 1000, default 3. The larger of both budgets counts.
 * @param hedge a second try of slow idempotent requests while the first goes on; the first answer counts.
 */
public record RetryConfig(
        @Knob(format = TextFormat.STATUS, need = Knob.Need.FREQUENT) List<String> statuses,
        @Knob(format = TextFormat.METHOD) List<String> methods,
        @Knob(byDefault = "", format = TextFormat.FIELD_NAME) String requiredField,
        @Knob(byDefault = "0s", need = Knob.Need.FREQUENT) Duration perTryTimeout,
        @Knob(byDefault = "64KiB", max = "16MiB") int maxBodyBytes,
        @Knob(byDefault = "20", max = "100", need = Knob.Need.FREQUENT) int budgetPercent,
        @Knob(byDefault = "3", max = "1000") int budgetMinPerSecond,
        @Knob Optional<HedgeConfig> hedge) {

    /** Keeps its own copies of the lists. */
    public RetryConfig {
        statuses = List.copyOf(statuses);
        methods = List.copyOf(methods);
    }

    /** What a file that says nothing gets. */
    public static RetryConfig defaults() {
        return Binder.defaults(RetryConfig.class);
    }
}
