package io.evenkeel.proxy.exchange;

import io.evenkeel.config.RetryConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.ResponseHead;
import java.util.BitSet;
import java.util.Locale;

/**
 * What may be tried again in one upstream. Immutable.
 *
 * <p><b>Spec.</b> RFC 9110 §9.2.2: a proxy repeats what is idempotent, and other requests only if it knows that they are; here from a field that the operator
 * named, such as Idempotency-Key.
 */
final class RetryRules {

    private static final int STATUSES = 600;

    private final int maxAttempts;
    private final long perTryNanos;
    private final int maxBodyBytes;
    private final BitSet statuses = new BitSet(STATUSES);
    private final byte[][] methods;
    private final byte[] field;

    RetryRules(UpstreamConfig upstream) {
        RetryConfig retry = upstream.retry();
        maxAttempts = upstream.maxAttempts();
        perTryNanos = retry.perTryTimeout().toNanos();
        maxBodyBytes = retry.maxBodyBytes();
        methods = new byte[retry.methods().size()][];
        for (int i = 0; i < methods.length; i++) {
            methods[i] = Octets.ascii(retry.methods().get(i));
        }
        field = Octets.ascii(retry.requiredField().toLowerCase(Locale.ROOT));
        for (String range : retry.statuses()) {
            String[] ends = range.split("-", 2);
            statuses.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
    }

    /** Whether a request may be sent twice. */
    boolean repeatable(RequestHead head) {
        return head.method().idempotent() || (listed(head) && hasField(head));
    }

    private boolean listed(RequestHead head) {
        for (byte[] method : methods) {
            if (Octets.equals(head.bytes(), head.methodStart(), head.methodEnd(), method)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasField(RequestHead head) {
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(head.bytes(), fields.start(i), fields.nameEnd(i), field)) {
                return fields.valueEnd(i) > fields.valueStart(i);
            }
        }
        return false;
    }

    /** Whether this answer is one that another endpoint might better. An endpoint that says when to come back speaks for all of them. */
    boolean declines(ResponseHead head) {
        return statuses.get(head.status()) && !(head.status() == 503 && head.retryAfter());
    }

    /** Most tries of one exchange, 1–10. */
    int maxAttempts() {
        return maxAttempts;
    }

    /** How long one try may wait for the response head; 0: no limit of its own. */
    long perTryNanos() {
        return perTryNanos;
    }

    /** Longest request body kept for another try; 0: none, as where there is only one. */
    int maxBodyBytes() {
        return maxAttempts == 1 ? 0 : maxBodyBytes;
    }
}
