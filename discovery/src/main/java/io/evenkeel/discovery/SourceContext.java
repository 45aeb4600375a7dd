package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig;
import java.util.function.Supplier;

/**
 * What the sources of one upstream share.
 *
 * @param rules the merge rules in force
 * @param onNews called when what counts of a source has changed, or whether it answers
 */
record SourceContext(String upstream, Discovery discovery, Supplier<MergeConfig> rules, Runnable onNews) {}
