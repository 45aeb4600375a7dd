package io.evenkeel.proxy.telemetry;

/** The names under which a route's exchanges are counted. Immutable. */
record RouteLabels(String listener, String route, String upstream) {}
