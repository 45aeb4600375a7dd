package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector;
import java.util.List;

/** Every metric of the router's own: its name, type, help and labels. The metrics of the JVM and the process come on top. */
enum Metric {
    REQUESTS(
            "evenkeel_requests_total",
            Collector.Type.COUNTER,
            "Exchanges that ended, by the status that was answered.",
            "listener",
            "route",
            "upstream",
            "code"),
    REQUEST_DURATION(
            "evenkeel_request_duration_seconds",
            Collector.Type.HISTOGRAM,
            "Time from the first byte of a request to the last byte of its response.",
            "route",
            "upstream"),
    ADDED_LATENCY(
            "evenkeel_added_latency_seconds",
            Collector.Type.HISTOGRAM,
            "The part of a request's duration that was spent in the router and not in the endpoint.",
            "route",
            "upstream"),
    INFLIGHT(
            "evenkeel_inflight",
            Collector.Type.GAUGE,
            "Attempts sent to an endpoint and not answered yet.",
            "upstream",
            "endpoint"),
    ENDPOINT_UP(
            "evenkeel_endpoint_up",
            Collector.Type.GAUGE,
            "Whether an endpoint is healthy and not ejected: 1 or 0.",
            "upstream",
            "endpoint"),
    ENDPOINT_REQUESTS(
            "evenkeel_endpoint_requests_total",
            Collector.Type.COUNTER,
            "Attempts made at an endpoint since it became known.",
            "upstream",
            "endpoint"),
    ENDPOINT_PHI(
            "evenkeel_endpoint_phi",
            Collector.Type.GAUGE,
            "Suspicion that an endpoint is dead because it does not answer health checks: phi, 0 to 100.",
            "upstream",
            "endpoint"),
    ENDPOINT_EJECTED(
            "evenkeel_endpoint_ejected",
            Collector.Type.GAUGE,
            "Whether outlier detection has taken an endpoint out: 1 or 0.",
            "upstream",
            "endpoint"),
    HEALTH_CHECKS(
            "evenkeel_health_checks_total",
            Collector.Type.COUNTER,
            "Health checks that ended: passed, failed, or silent when no answer came in time.",
            "upstream",
            "result"),
    EJECTIONS(
            "evenkeel_ejections_total",
            Collector.Type.COUNTER,
            "Times outlier detection took an endpoint out, and why.",
            "upstream",
            "reason"),
    UPSTREAM_PANICKING(
            "evenkeel_upstream_panicking",
            Collector.Type.GAUGE,
            "Whether so few endpoints are fit that health and ejections are ignored: 1 or 0.",
            "upstream"),
    ENDPOINT_LIMIT(
            "evenkeel_endpoint_limit",
            Collector.Type.GAUGE,
            "How many attempts an endpoint may have in flight, where that is limited.",
            "upstream",
            "endpoint"),
    CONNECTIONS("evenkeel_connections", Collector.Type.GAUGE, "Open connections.", "side"),
    CONNECTIONS_OPENED("evenkeel_connections_total", Collector.Type.COUNTER, "Connections opened.", "side"),
    RETRIES("evenkeel_retries_total", Collector.Type.COUNTER, "Attempts after the first of an exchange.", "upstream"),
    OVERFLOWS(
            "evenkeel_overflows_total",
            Collector.Type.COUNTER,
            "What was not done because a limit of the upstream was reached: exchanges refused, retries not made.",
            "upstream",
            "limit"),
    FAILURES(
            "evenkeel_failures_total",
            Collector.Type.COUNTER,
            "Exchanges that failed: why, in which phase and on which side.",
            "reason",
            "phase",
            "side"),
    HTTP2_STREAMS("evenkeel_http2_streams_total", Collector.Type.COUNTER, "Requests that clients began over HTTP/2."),
    HTTP2_RESETS(
            "evenkeel_http2_resets_total",
            Collector.Type.COUNTER,
            "Streams of clients that were reset, by the client or by the router.",
            "by"),
    HTTP2_FLOODS(
            "evenkeel_http2_floods_total",
            Collector.Type.COUNTER,
            "Connections of clients ended because too many frames of a kind came.",
            "kind"),
    STICKY(
            "evenkeel_sticky_total",
            Collector.Type.COUNTER,
            "Requests to upstreams with sticky cookies: sent where the cookie leads, without one, with one that leads nowhere, with a forged one.",
            "upstream",
            "result"),
    STICK_TABLE_LOOKUPS(
            "evenkeel_stick_table_lookups_total",
            Collector.Type.COUNTER,
            "Requests that name a key which endpoints make known: sent where it was learned, with one not known, with one whose endpoint is lost.",
            "upstream",
            "result"),
    STICK_TABLE_ENTRIES(
            "evenkeel_stick_table_entries",
            Collector.Type.GAUGE,
            "Keys that endpoints made known and that are remembered.",
            "upstream"),
    STICK_TABLE_EVICTIONS(
            "evenkeel_stick_table_evictions_total",
            Collector.Type.COUNTER,
            "Learned keys forgotten to make room for others.",
            "upstream"),
    KEYS_ABORTED(
            "evenkeel_keys_aborted_total",
            Collector.Type.COUNTER,
            "Requests taken to have no key because a regular expression took too many steps on their path.",
            "upstream"),
    RATE_LIMITED(
            "evenkeel_rate_limited_total",
            Collector.Type.COUNTER,
            "Requests answered 429 because the limit of their route was spent.",
            "route"),
    TCP_OPEN(
            "evenkeel_tcp_connections",
            Collector.Type.GAUGE,
            "Connections of TCP listeners that are being relayed, or about to be.",
            "listener",
            "upstream"),
    TCP_CONNECTIONS(
            "evenkeel_tcp_connections_total",
            Collector.Type.COUNTER,
            "Connections of TCP listeners by the upstream they were for.",
            "listener",
            "upstream"),
    TCP_SECONDS(
            "evenkeel_tcp_connection_seconds_total",
            Collector.Type.COUNTER,
            "Time that the connections of TCP listeners which have ended had lasted, all together.",
            "listener",
            "upstream"),
    TCP_RECEIVED(
            "evenkeel_tcp_received_bytes_total",
            Collector.Type.COUNTER,
            "Bytes that clients of TCP listeners sent.",
            "listener",
            "upstream"),
    TCP_SENT(
            "evenkeel_tcp_sent_bytes_total",
            Collector.Type.COUNTER,
            "Bytes that endpoints sent to clients of TCP listeners.",
            "listener",
            "upstream"),
    TLS_CERTIFICATE_NOT_AFTER(
            "evenkeel_tls_certificate_not_after_seconds",
            Collector.Type.GAUGE,
            "When a certificate that a listener shows expires, in seconds of Unix time: the first host it is for, its serial number.",
            "listener",
            "host",
            "serial"),
    TLS_HANDSHAKES(
            "evenkeel_tls_handshakes_total",
            Collector.Type.COUNTER,
            "TLS handshakes with clients that succeeded: version, and whether a session was new or resumed.",
            "listener",
            "version",
            "session"),
    TLS_HANDSHAKE_FAILURES(
            "evenkeel_tls_handshake_failures_total",
            Collector.Type.COUNTER,
            "TLS handshakes with clients that came to nothing, and why.",
            "listener",
            "reason"),
    DISCOVERY_LAST_SUCCESS(
            "evenkeel_discovery_last_success_timestamp_seconds",
            Collector.Type.GAUGE,
            "When a source last answered, in seconds since 1970; 0 if it never did.",
            "upstream",
            "source"),
    DISCOVERY_FAILURES(
            "evenkeel_discovery_failures_total",
            Collector.Type.COUNTER,
            "Times a source could not find out its endpoints.",
            "upstream",
            "source"),
    DISCOVERY_ENDPOINTS(
            "evenkeel_discovery_endpoints",
            Collector.Type.GAUGE,
            "Endpoints in the last good answer of a source.",
            "upstream",
            "source"),
    DISCOVERY_SOURCE_UP(
            "evenkeel_discovery_source_up",
            Collector.Type.GAUGE,
            "Whether a source's last word was an answer: 1, or 0 if it failed or was not heard of yet.",
            "upstream",
            "source"),
    DISCOVERY_STALE(
            "evenkeel_discovery_stale",
            Collector.Type.GAUGE,
            "Whether what counts of a source is what an earlier run of the router heard from it: 1 or 0.",
            "upstream",
            "source"),
    DISCOVERY_HELD(
            "evenkeel_discovery_held",
            Collector.Type.GAUGE,
            "Whether a source says so much less than before that it is not believed yet: 1 or 0.",
            "upstream",
            "source"),
    DISCOVERY_DAMPED(
            "evenkeel_discovery_damped",
            Collector.Type.GAUGE,
            "Endpoints kept out because they came and went too often.",
            "upstream"),
    DISCOVERY_EVENTS(
            "evenkeel_discovery_events_total",
            Collector.Type.COUNTER,
            "What became of endpoints, nodes and sources, by kind of event.",
            "kind"),
    DISCOVERY_STATE_WRITES(
            "evenkeel_discovery_state_file_writes_total",
            Collector.Type.COUNTER,
            "Times the last good endpoints were written to the state file."),
    DISCOVERY_STATE_FAILURES(
            "evenkeel_discovery_state_file_failures_total",
            Collector.Type.COUNTER,
            "Times the last good endpoints could not be written to the state file."),
    LABEL_PROBLEMS(
            "evenkeel_discovery_label_problems",
            Collector.Type.GAUGE,
            "Labels of Swarm services that are wrong and left out."),
    NODE_UP(
            "evenkeel_node_up",
            Collector.Type.GAUGE,
            "Whether a source takes a cluster node for alive: 1 or 0.",
            "source",
            "node"),
    ACCESS_LOG_DROPPED(
            "evenkeel_access_log_dropped_total",
            Collector.Type.COUNTER,
            "Access log lines lost because the buffer was full or the target took none."),
    CONFIG_RELOADS(
            "evenkeel_config_reloads_total",
            Collector.Type.COUNTER,
            "Reloads of the configuration, applied or refused.",
            "result"),
    CONFIG_LAST_RELOAD(
            "evenkeel_config_last_reload_timestamp_seconds",
            Collector.Type.GAUGE,
            "When the configuration in force was put in force, in seconds since 1970."),
    DIRECT_MEMORY(
            "evenkeel_direct_memory_used_bytes",
            Collector.Type.GAUGE,
            "Memory outside the heap that network buffers occupy."),
    OVERLOAD_PRESSURE(
            "evenkeel_overload_pressure",
            Collector.Type.GAUGE,
            "The share of its limit that is used of a resource of the router; 1 is all of it.",
            "resource"),
    OVERLOAD_ACTIONS(
            "evenkeel_overload_actions",
            Collector.Type.GAUGE,
            "Whether the router eases its load by this action: 1 or 0.",
            "action"),
    BUILD_INFO("evenkeel_build_info", Collector.Type.GAUGE, "What is running; always 1.", "version", "java");

    private final String metricName;
    private final Collector.Type type;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(String metricName, Collector.Type type, String help, String... labels) {
        this.metricName = metricName;
        this.type = type;
        this.help = help;
        this.labels = List.of(labels);
    }

    String metricName() {
        return metricName;
    }

    Collector.Type type() {
        return type;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
