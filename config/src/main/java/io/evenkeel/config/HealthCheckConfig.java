package io.evenkeel.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How each endpoint is asked, again and again, whether it serves. Without {@code http}, {@code grpc} or {@code cql} a TCP connection that is accepted is enough.
 *
 * @param http an HTTP request and the answer that it must get.
 * @param grpc a call of the gRPC health service.
 * @param cql a CQL request that needs no login.
 * @param port the port that is asked. Count, 1 to 65535, default 0. Left out: the endpoint's own.
 * @param interval from one check to the next, give or take a tenth. Duration, ≥ 50ms, default 5s. More notices later; less asks the endpoints more.
 * @param fastInterval the interval while what the checks say is changing, at most the other. Duration, ≥ 50ms, default 1s.
 * @param timeout how long an answer is waited for, at most the interval. Duration, ≥ 10ms, default 2s. More rides out slow endpoints; less finds dead ones sooner.
 * @param unhealthyAfter failed checks in a row that make an endpoint unhealthy. Count, 1 to 100, default 3.
 * @param healthyAfter passed checks in a row that make it healthy again. Count, 1 to 100, default 2.
 * @param untilChecked whether an endpoint that has not been checked yet is used. true or false, default true. false keeps out endpoints that are starting.
 * @param abortInFlight whether attempts that an endpoint has not begun to answer, and that may be repeated, are tried elsewhere when it becomes
 *     unhealthy. true or false, default true. false waits for the endpoint until a time-out.
 * @param phi suspicion that grows with the silence of the checks.
 */
public record HealthCheckConfig(
        @Knob(need = Knob.Need.FREQUENT) Optional<HttpCheckConfig> http,
        @Knob Optional<GrpcCheckConfig> grpc,
        @Knob Optional<CqlCheckConfig> cql,
        @Knob(byDefault = "0", min = "1", max = "65535") int port,
        @Knob(byDefault = "5s", min = "50ms", need = Knob.Need.FREQUENT) Duration interval,
        @Knob(byDefault = "1s", min = "50ms") Duration fastInterval,
        @Knob(byDefault = "2s", min = "10ms", need = Knob.Need.FREQUENT) Duration timeout,
        @Knob(byDefault = "3", min = "1", max = "100") int unhealthyAfter,
        @Knob(byDefault = "2", min = "1", max = "100") int healthyAfter,
        @Knob(byDefault = "true") boolean untilChecked,
        @Knob(byDefault = "true") boolean abortInFlight,
        @Knob PhiConfig phi) {}
