package io.evenkeel.perf.gatling;

import java.time.Duration;

/**
 * How hard and how long a scenario is run, from system properties of the same names.
 *
 * @param baseUrl the router, without a path; default {@code http://127.0.0.1:8080}, where the demo listens
 * @param usersPerSecond arrivals at the plateau, each sending every request of the scenario once; default 200
 * @param ramp time to get there; default 10 s
 * @param plateau time to stay there; default 30 s
 * @param p99Millis what the 99th percentile of every request has to stay below, milliseconds; default 100
 */
record Settings(String baseUrl, double usersPerSecond, Duration ramp, Duration plateau, int p99Millis) {

    static Settings fromSystemProperties() {
        return new Settings(
                System.getProperty("baseUrl", "http://127.0.0.1:8080"),
                Double.parseDouble(System.getProperty("usersPerSecond", "200")),
                Duration.ofSeconds(Long.getLong("rampSeconds", 10)),
                Duration.ofSeconds(Long.getLong("plateauSeconds", 30)),
                Integer.getInteger("p99Millis", 100));
    }
}
