package io.evenkeel.balancer.health;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A way to ask one endpoint once whether it serves: one per protocol. Knows nothing of intervals and thresholds.
 *
 * <p><b>Threading.</b> Asked on the control plane's thread, for several endpoints at once; answers from any thread, without waiting in the call.
 */
public interface HealthProbe {

    /**
     * Asks. Whatever it opened for that is closed when the answer is there.
     *
     * @param timeout the answer is there no later, {@link ProbeResult.Outcome#SILENT} in doubt
     * @return completes exactly once; an exception counts as a failed check
     */
    CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout);
}
