package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/** One reading of {@code /metrics}. Immutable. */
public record Scrape(List<String> samples) {

    /** Reads the metrics of the router whose admin endpoints are here. */
    public static Scrape of(InetSocketAddress admin) {
        try (RawClient client = RawClient.connect(admin)) {
            RawResponse response =
                    client.exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return new Scrape(response.body()
                    .text()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sum over all samples of this metric that carry all of these labels; 0 where there is none.
     *
     * @param labels such as {@code side="downstream"}
     */
    public double sum(String metric, String... labels) {
        return samples.stream()
                .filter(sample ->
                        isOf(sample, metric) && List.of(labels).stream().allMatch(sample::contains))
                .mapToDouble(sample -> Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether there is any sample of this metric. */
    public boolean has(String metric) {
        return samples.stream().anyMatch(sample -> isOf(sample, metric));
    }

    private static boolean isOf(String sample, String metric) {
        return sample.startsWith(metric + "{") || sample.startsWith(metric + " ");
    }
}
