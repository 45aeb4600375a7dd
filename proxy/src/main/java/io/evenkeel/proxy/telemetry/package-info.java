/** What is remembered of an exchange: its record, its failure, histograms, counters and the access log. */
@NullMarked
package io.evenkeel.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
