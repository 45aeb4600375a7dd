package io.evenkeel.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyLength;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.forAll;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;

/**
 * Users that arrive at a demo at a given rate, whether or not it keeps up: each reads a small answer and a long one, and posts.
 *
 * <p>Fails when any request fails, or when the 99th percentile of any request reaches the bound of {@link Settings}.
 */
public final class DemoSimulation extends Simulation {

    private static final int LONG_ANSWER_BYTES = 10 * 1024;
    private static final int POSTED_BYTES = 2 * 1024;

    private static final Settings SETTINGS = Settings.fromSystemProperties();

    private static final HttpProtocolBuilder PROTOCOL =
            http.baseUrl(SETTINGS.baseUrl()).shareConnections().userAgentHeader("evenkeel-gatling");

    private static final ChainBuilder READ_SMALL = exec(http("GET small")
            .get("/api/check")
            .check(status().is(200), substring("ok").exists()));

    private static final ChainBuilder READ_LONG = exec(http("GET 10 KiB")
            .get("/long?size=10k")
            .check(status().is(200), bodyLength().gte(LONG_ANSWER_BYTES)));

    private static final ChainBuilder POST_BODY = exec(http("POST 2 KiB")
            .post("/echo")
            .body(StringBody("x".repeat(POSTED_BYTES)))
            .check(status().is(200)));

    public DemoSimulation() {
        setUp(scenario("a user of the demo")
                        .exec(READ_SMALL, READ_LONG, POST_BODY)
                        .injectOpen(
                                rampUsersPerSec(1).to(SETTINGS.usersPerSecond()).during(SETTINGS.ramp()),
                                constantUsersPerSec(SETTINGS.usersPerSecond()).during(SETTINGS.plateau())))
                .protocols(PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        forAll().responseTime().percentile(99).lt(SETTINGS.p99Millis()));
    }
}
