package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.TreeSet;

/** Reads what the event loops counted of TLS, summed over all of them. Stateless. */
final class TlsMetrics {

    private TlsMetrics() {}

    static void collect(List<LoopTelemetry> loops, List<MetricFamilySamples> families) {
        MetricFamily finished = new MetricFamily(Metric.TLS_HANDSHAKES);
        MetricFamily failed = new MetricFamily(Metric.TLS_HANDSHAKE_FAILURES);
        TreeSet<String> listeners = new TreeSet<>();
        loops.forEach(loop -> loop.tlsMeters().forEach(meter -> listeners.add(meter.listener())));
        for (String listener : listeners) {
            List<TlsMeter> meters = loops.stream()
                    .flatMap(loop -> loop.tlsMeters().stream())
                    .filter(meter -> meter.listener().equals(listener))
                    .toList();
            collect(listener, meters, finished, failed);
        }
        families.add(finished.samples());
        families.add(failed.samples());
    }

    static MetricFamilySamples certificates(List<CertificateStatus> shown) {
        MetricFamily family = new MetricFamily(Metric.TLS_CERTIFICATE_NOT_AFTER);
        shown.stream()
                .distinct() // the same certificate may be in two files
                .forEach(each -> family.add(each.notAfterSeconds(), each.listener(), each.host(), each.serial()));
        return family.samples();
    }

    private static void collect(String listener, List<TlsMeter> meters, MetricFamily finished, MetricFamily failed) {
        for (int i = 0; i < TlsMeter.VERSIONS.size(); i++) {
            int version = i;
            String name = TlsMeter.VERSIONS.get(i);
            finished.add(sum(meters, meter -> meter.finished(version, false)), listener, name, "new");
            finished.add(sum(meters, meter -> meter.finished(version, true)), listener, name, "resumed");
        }
        for (HandshakeFault fault : HandshakeFault.values()) {
            failed.add(sum(meters, meter -> meter.count(fault)), listener, fault.label());
        }
    }

    private static long sum(List<TlsMeter> meters, java.util.function.ToLongFunction<TlsMeter> count) {
        return meters.stream().mapToLong(count).sum();
    }
}
