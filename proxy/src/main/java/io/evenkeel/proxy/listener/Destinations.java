package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.route.RouteTable;
import io.evenkeel.proxy.tcp.TcpRoutes;
import java.util.function.Supplier;

/**
 * Where requests and connections go by the configuration in force.
 *
 * @param http reads the routes of requests, one volatile read
 * @param tcp reads where the connections of TCP listeners go, one volatile read
 */
public record Destinations(Supplier<RouteTable> http, Supplier<TcpRoutes> tcp) {}
