package io.evenkeel.discovery;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** One way of asking somebody for a complete set of endpoints. */
public interface Lookup {

    /**
     * Asks once; bounded in time.
     *
     * @return completes on any thread, with at least one endpoint, or exceptionally with a {@link LookupFailure}
     */
    CompletionStage<List<Endpoint>> endpoints();
}
