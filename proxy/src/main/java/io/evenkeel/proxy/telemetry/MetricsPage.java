package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus scrapes: the router's metrics and those of the JVM and the process, in the text format 0.0.4.
 *
 * <p><b>Threading.</b> Any thread; scrapes wait for each other. The collectors are made at the first scrape, to keep them out of the
 * start.
 */
public final class MetricsPage {

    /** The media type of what {@link #write} writes. */
    public static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

    private final Supplier<Collector> collector;
    private @Nullable CollectorRegistry registry;

    /** @param collector makes the one that collects the router's own metrics */
    MetricsPage(Supplier<Collector> collector) {
        this.collector = collector;
    }

    /** Writes all metrics as they are now; the writer stays open. */
    public synchronized void write(Writer writer) throws IOException {
        TextFormat.write004(writer, registry().metricFamilySamples());
    }

    private CollectorRegistry registry() {
        CollectorRegistry made = registry;
        if (made == null) {
            made = new CollectorRegistry();
            collector.get().register(made);
            DefaultExports.register(made);
            registry = made;
        }
        return made;
    }
}
