package io.evenkeel.proxy.tunnel;

import io.evenkeel.proxy.telemetry.ExchangeBytes;
import io.evenkeel.proxy.telemetry.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel goes by.
 *
 * @param webSocket whether it carries WebSocket frames
 * @param idleNanos silence in both directions that ends it; 0: no limit
 * @param bytes counts what passes
 * @param onEnd told once when it is over: why, or null where both sides had ended
 */
public record TunnelTerms(boolean webSocket, long idleNanos, ExchangeBytes bytes, Consumer<@Nullable Failure> onEnd) {}
